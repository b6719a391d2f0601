//! Texts of any length that are no news: what a reader must get through in linear time and bounded memory.

/// Each kind with its name, cut to about `n_bytes`.
pub fn strange_texts(n_bytes: usize) -> Vec<(&'static str, String)> {
    let again = |unit: &str| unit.repeat(n_bytes.div_ceil(unit.len()));
    let half =
        |open: &str, close: &str| open.repeat(n_bytes / 2 / open.len()) + &close.repeat(n_bytes / 2 / close.len());
    let numbered = |unit: &dyn Fn(usize) -> String| {
        let mut text = String::with_capacity(n_bytes + 100);
        for number in 0.. {
            if text.len() >= n_bytes {
                break;
            }
            text += &unit(number);
        }
        text
    };
    vec![
        (
            "ordinary",
            again(
                "PARIS, Oct 11 (Reuters) - Police in Goma arrested 12 members of the March Movement on Friday, two officials said. \
             “We will not leave,” its leader, John Okello, told reporters. He denied that his men had attacked a convoy of the \
             United Nations in May.\n\n",
            ),
        ),
        ("one sentence", again("Rebels and police from the town attacked soldiers of Kenya, ")),
        ("one sentence without marks", again("rebels and police attacked soldiers who met leaders and ")),
        ("empty lines", again("\n")),
        ("lines of one word", again("word\n")),
        ("carriage returns", again("\r\n")),
        ("spaces", again(" ")),
        ("no spaces", again("RebelsattackedsoldiersinKenya.Policesaidso,")),
        ("one word", again("a")),
        ("one word of capitals", again("ABC")),
        ("digits", again("1234567890")),
        ("hyphens between letters", again("a-")),
        ("hyphens between digits", again("1-")),
        ("apostrophes between letters", again("a'")),
        ("clitics", again("x's")),
        ("stops between letters", again("a.")),
        ("stops between words", again("end.Then")),
        ("slashes", again("www.a.b/")),
        ("web addresses", again("http://a.b/c?d=e ")),
        ("mail addresses", again("a@b.c,")),
        ("at signs", again("@")),
        ("marks", again("!,;:.?-(")),
        ("one mark", again(",")),
        ("stops", again(".")),
        ("stops apart", again(". ")),
        ("dashes", again("- ")),
        ("quotation marks", again("\"")),
        ("apostrophes", again("'")),
        ("opening quotes", again("“")),
        ("opening brackets", again("(")),
        ("nested brackets", half("(", ")")),
        ("nested quotes", half("“he said ", "”")),
        ("right to left", again("قال الرئيس إن القوات هاجمت المدينة. ")),
        ("marks of direction", again("\u{202e}\u{200f}")),
        ("combining marks", again("e\u{301}\u{301}")),
        ("combining marks alone", again("\u{301}")),
        ("combining marks of other scripts", again("\u{93e}\u{e31}")),
        ("NUL", again("\0")),
        ("NUL between letters", again("a\0")),
        ("emoji chains", again("👨‍👩‍👧")),
        ("emoji chain without end", again("👩\u{200d}")),
        ("private letters", again("\u{e000}")),
        ("Chinese", again("总统说军队袭击了城市。")),
        ("soft hyphens", again("\u{ad}")),
        ("he said he", again("He said he met his wife and she said it was theirs. ")),
        ("one name", again("Putin met Biden. ")),
        ("names", numbered(&|n| format!("John Smith{n} met Mary Jones{n} in Port{n}. "))),
        ("names in a row", numbered(&|n| format!("John Smith{n}, "))),
        ("acronyms", numbered(&|n| format!("The Union of Workers {n} (UW{n}) struck. "))),
        ("U.S.", again("U.S. ")),
        ("U.S. without spaces", again("U.S.")),
        ("nationalities", again("Russian Ukrainian Iranian ")),
        ("that he said that", again("Putin said that ")),
        ("of the", again("the attack of the ")),
        ("attacks", again("Russia attacked Ukraine. ")),
        (
            "different attacks",
            numbered(&|n| format!("Russia attacked Village{n} in Ukraine on May {}, killing {n}. ", n % 28 + 1)),
        ),
        ("participants", again("Russia, Ukraine, Iran, Kenya and ")),
        ("events in a row", again("Russia attacked Ukraine and ")),
        ("dates", again("on Friday, Oct 11, 2024, ")),
        ("places", again("in Paris, France, ")),
        ("said in quotes", again("“Russia attacked Ukraine,” he said. ")),
        ("open quotes", again("“Russia attacked Ukraine, he said. ")),
        ("headlines", again("RUSSIA ATTACKS UKRAINE\n")),
        ("titles", again("President Minister General Colonel Smith ")),
        ("owners", again("Their soldiers attacked their ministers and his police met her generals and ")),
        ("owners of owners", again("the ministers of the police of the presidents of ")),
        ("the two countries", numbered(&|n| format!("John Smith{n} praised the two countries. "))),
        ("the attack", again("The attack killed three. The government condemned the attack. ")),
        ("a chain of strangers", again("Okello attacked Kenya. He met Okello. The Okello Group struck it. ")),
        ("a chain of places", again("Zzyxton attacked Kenya and its police. It met it. ")),
        ("the country", again("The country attacked the group. ")),
        ("wide gaps", again(&format!("Russia attacked Ukraine{}and", " ".repeat(450)))),
        ("numbers before gaps", "No.".repeat(n_bytes / 6) + &" ".repeat(n_bytes / 2) + "5"),
        ("list", again("- Russia: 5;\n")),
        ("capital without small letters", again("İ")),
        ("ligatures", again("ﷺ")),
    ]
}
