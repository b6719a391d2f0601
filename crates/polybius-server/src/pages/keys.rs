//! Keys: how the pages are used without a mouse.

use maud::html;

use crate::failure::Failure;
use crate::layout::SECTIONS;
use crate::view::{Shown, View};

/// The page.
pub fn make(_: &View<'_>) -> Result<Shown, Failure> {
    let body = html! {
        table.keys {
            tbody {
                tr { th scope="row" { kbd { "/" } } td { "search the articles" } }
                tr { th scope="row" { kbd { "f" } } td { "open the filters" } }
                tr { th scope="row" { kbd { "j" } " " kbd { "k" } } td { "the next report, the one before" } }
                tr { th scope="row" { kbd { "n" } } td { "the next page" } }
                tr { th scope="row" { kbd { "?" } } td { "this page" } }
                @for (address, name, key) in SECTIONS {
                    tr { th scope="row" { kbd { "g" } " " kbd { (key) } } td { a href=(address) { (name) } } }
                }
            }
        }
        p.aside { "Without scripts every page is complete too: Tab goes from link to link, the bars and points of the charts among them." }
    };
    Ok(Shown::new("Keys", body))
}
