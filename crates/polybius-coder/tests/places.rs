//! Which place of the atlas a name means, from trees alone.

mod trees;

use polybius_coder::toponyms_at;
use polybius_document::Span;

/// The places of the names as `name: region, country`.
fn check(tree: &str, expected: &[&str]) {
    let document = trees::document(tree);
    let codebook = polybius_codebook::parse(&polybius_codebook::embedded()).expect("our own codebook is sound");
    let text = &document.article().text;
    let names = expected.iter().map(|line| line.split(':').next().unwrap_or_default());
    let spans: Vec<Span> = names
        .map(|name| {
            let start = text.find(name).expect("the name is in the text") as u32;
            Span::new(start, start + name.len() as u32)
        })
        .collect();
    let shown = toponyms_at(&document, &codebook, &spans).into_iter().map(|toponym| {
        let place = toponym.place.map(|id| codebook.atlas.place(id)).expect("it is somewhere");
        let parts: Vec<&str> = place.region.into_iter().chain(place.country).collect();
        format!("{}: {}", document.text(toponym.span), parts.join(", "))
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn what_nothing_decides_is_the_best_known() {
    check(
        "Talks talk NOUN NNS 2 nsubj
         failed fail VERB VBD 0 root
         in in ADP IN 4 case
         Paris Paris PROPN NNP 2 obl",
        &["Paris: Île-de-France, FRA"],
    );
}

#[test]
fn the_text_says_which_is_meant() {
    check(
        "Talks talk NOUN NNS 2 nsubj
         failed fail VERB VBD 0 root
         in in ADP IN 4 case
         Paris Paris PROPN NNP 2 obl
         , , PUNCT , 6 punct
         Texas Texas PROPN NNP 4 appos",
        &["Paris: Texas, USA", "Texas: Texas, USA"],
    );
    check(
        "Shots shot NOUN NNS 2 nsubj
         rang ring VERB VBD 0 root
         in in ADP IN 4 case
         Tripoli Tripoli PROPN NNP 2 obl
         in in ADP IN 7 case
         northern northern ADJ JJ 7 amod
         Lebanon Lebanon PROPN NNP 4 nmod",
        &["Tripoli: Ash Shimāl, LBN", "Lebanon: LBN"],
    );
    check(
        "Shots shot NOUN NNS 2 nsubj
         rang ring VERB VBD 0 root
         in in ADP IN 4 case
         Tripoli Tripoli PROPN NNP 2 obl",
        &["Tripoli: Ţarābulus, LBY"],
    );
}

#[test]
fn a_state_is_told_from_a_country_by_its_town() {
    check(
        "Police police NOUN NNS 2 nsubj
         fired fire VERB VBD 0 root
         in in ADP IN 4 case
         Macon Macon PROPN NNP 2 obl
         , , PUNCT , 6 punct
         Georgia Georgia PROPN NNP 4 appos",
        &["Macon: Georgia, USA", "Georgia: Georgia, USA"],
    );
}

#[test]
fn what_no_atlas_has_lies_near_what_is_named_beside_it() {
    check(
        "Guards guard NOUN NNS 2 nsubj
         died die VERB VBD 0 root
         at at ADP IN 5 case
         Qazzabad Qazzabad PROPN NNP 5 compound
         Bridge Bridge PROPN NNP 2 obl
         in in ADP IN 7 case
         Kunduz Kunduz PROPN NNP 5 nmod",
        &["Qazzabad Bridge: Kunduz, AFG", "Kunduz: Kunduz, AFG"],
    );
}
