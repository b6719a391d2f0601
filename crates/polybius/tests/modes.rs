//! Auxiliary modes by scope: pairs of sentences that differ in the words that set them.

use polybius::{Article, Codebook, Pipeline};
use polybius_coder::auxiliaries;
use polybius_document::Span;

fn codebook() -> Codebook {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    codebook
}

/// The modes of the first `word` of the sentence.
fn modes(pipeline: &Pipeline, text: &str, word: &str) -> String {
    let published = "2024-10-11".parse().ok();
    let document = pipeline.annotate(Article { published, ..Article::from_text("sentence", text) });
    let start = text.find(word).expect("the word stands in the text") as u32;
    let span = Span::new(start, start + word.len() as u32);
    let found = auxiliaries(&document, &pipeline.codebook, &[span])[0].expect("it is a predicate");
    found.names().join(" ")
}

/// Weighed with what words tell, the trained reader hears what no word of the lists says.
#[test]
fn the_trained_reader_is_heard() {
    let pipeline = Pipeline::new(codebook());
    let check = |text: &str, word: &str, expected: &str| assert_eq!(modes(&pipeline, text, word), expected, "{text}");
    check(
        "Rumours, fed by troop movements around the palace, of a coup kept the market shut on Tuesday.",
        "coup",
        "hypothetical",
    );
    check("Talk of an artillery attack on the islands emptied the ferries out of Incheon.", "attack", "hypothetical");
    check("The artillery attack on the islands emptied the ferries out of Incheon.", "attack", "");
    check("Shops in Genoa are boarded up ahead of Friday's protest.", "protest", "future");
    check("Sudan said Chad had attacked its border post.", "attacked", "");
    check("Kenya is to close its embassy in Khartoum.", "close", "future");
    check("The envoys could not agree on a truce.", "agree", "negation");
    check("Niger would expel the troops if Paris attacked.", "attacked", "hypothetical");
    check("The rebels not only attacked the port but also burned it.", "attacked", "");
}

/// What words alone tell.
#[test]
fn scope_sets_the_modes() {
    let pipeline = Pipeline::patterns_alone(codebook());
    let check = |text: &str, word: &str, expected: &str| assert_eq!(modes(&pipeline, text, word), expected, "{text}");
    check("Rebels vowed to attack Goma should another convoy be hit.", "attack", "future hypothetical");
    check("Were it not for the mud, the rebels would be besieging Goma.", "besieging", "hypothetical");
    check("A bill before parliament would ban the party.", "ban", "hypothetical");
    check("The law will ban the party.", "ban", "future");
    check("Under a draft seen by reporters, the state would seize the farms.", "seize", "hypothetical");
    check("The minister offered talks on condition that the rebels left Goma.", "offered", "");
    check("Diplomats suggested talks in Oman.", "talks", "hypothetical");
    check("Diplomats praised talks in Oman.", "talks", "");
    check("Envoys called the bombing of the market a crime.", "bombing", "");
    check("Envoys called for the bombing of the camps.", "bombing", "hypothetical");
    check("Short of an invasion, little can move them.", "invasion", "hypothetical");
    check("Paris stopped short of condemning the raid.", "condemning", "negation");
    check("The long-planned offensive began on Thursday.", "offensive", "");
    check("London abstained rather than veto the text.", "veto", "negation");
    check("The army promised never again to shell the town.", "shell", "future negation");
    check("Unconfirmed reports of a massacre reached Geneva.", "massacre", "hypothetical");
    check("The army would neither confirm nor deny that drones struck a base.", "struck", "hypothetical");
    check("The army declined to say whether its jets had raided the site.", "raided", "hypothetical");
    check("The judge directed that the lawyer be deported.", "deported", "hypothetical");
    check("As long as the fighters surrender their arms, nobody will be tried.", "surrender", "hypothetical");
    check("Hungary can pay its teachers, assuming parliament approves the loan.", "approves", "hypothetical");
    check("Niger showed off a missile capable of hitting Lagos.", "hitting", "hypothetical");
    check("If slowly, the first column withdrew from Goma.", "withdrew", "");
    check("Tanker owners left Libya ahead of possible air strikes.", "strikes", "hypothetical");
    check("Kenya is to close its embassy in Khartoum.", "close", "future");
    check("Kenya closed its embassy in Khartoum.", "closed", "");
    check("The envoys could not agree on a truce.", "agree", "negation");
    check("The envoys could agree on a truce.", "agree", "hypothetical");
    check("Niger would expel the troops if Paris attacked.", "expel", "hypothetical");
    check("Niger said it would expel the troops.", "expel", "future");
    check("The army denied on Sunday having shelled the port.", "shelled", "negation");
    check("The rebels not only attacked the port but also burned it.", "attacked", "");
    check("Prosecutors suspect that officers shot the prisoners.", "shot", "hypothetical");
    check("Officers shot the prisoners in the winter of 1948.", "shot", "historical");
    check("The rebels held the port until 1997, when Britain attacked it.", "attacked", "historical");
    check("The leaders are due to meet in Astana.", "meet", "future");
    check("The leaders did not meet, due to the storm.", "meet", "negation");
    check("The army is too weak to intervene in the north.", "intervene", "negation");
    check("The army is ready to intervene in the north.", "intervene", "future");
    check("Far from agreeing, the army dug in around Goma.", "agreeing", "negation");
    check("The accord has yet to be ratified by parliament.", "ratified", "negation");
    check("The accord was ratified by parliament on Friday.", "ratified", "");
    check("At no point this week have the two presidents met in Vienna.", "met", "negation");
    check("With no warning the two presidents met in Vienna on Friday.", "met", "");
    check("Berlin has no plans to send troops to Niger.", "send", "future negation");
    check("Parliament voted down a plan to deploy troops to Mali.", "deploy", "negation");
    check("Washington refused to confirm the strike on Kuntilla.", "strike", "hypothetical");
    check("Washington confirmed the strike on Kuntilla.", "strike", "");
    check("The general is said to have fled to Chad.", "fled", "hypothetical");
    check("Officials said the general fled to Chad.", "fled", "");
    check("In the event of an attack, Tehran will close the strait.", "attack", "hypothetical");
    check("An attack on the dam is possible, officials said.", "attack", "hypothetical");
    check("The attack on the dam was brutal, officials said.", "attack", "");
    check("Analysts doubt that China will invade Taiwan.", "invade", "hypothetical");
    check("Analysts say that China will invade Taiwan.", "invade", "future");
    check("The assembly is studying a draft that would ban the foundations.", "ban", "hypothetical");
    check("Forty years after Togo signed the treaty, a copy was found in Lomé.", "signed", "historical");
    check("Two days after Togo signed the treaty, a copy was found in Lomé.", "signed", "");
    check("Bosnians commemorated the massacre of Srebrenica.", "massacre", "historical");
    check("There has been no ceasefire in Gaza this week.", "ceasefire", "negation");
    check("Leaders will gather on Friday for a summit in Lima.", "summit", "future");
    check("They will answer the attack on the port.", "attack", "");
    check("The crews did not join the strike in Dunkirk.", "strike", "negation");
    check("The crews did not condemn the strike on Dunkirk.", "strike", "");
    check("When troops entered Pristina in 1999, the crowd fled.", "fled", "historical");
    check("Not a shot was fired at the crowd.", "fired", "negation");
    check("The council stopped short of condemning the junta.", "condemn", "negation");
    check("The junta ignored the call to comply.", "comply", "negation");
    check("Plans for talks were scrapped.", "talks", "negation");
    check("Seoul ruled out sending weapons.", "send", "future negation");
    check("Its generals were on the verge of launching an assault.", "launch", "future");
    check("The withdrawal is to be completed by June.", "withdrawal", "future");
    check("If Russia were to attack, the alliance would respond.", "attack", "hypothetical");
    check("In the event of a return to war, aid would stop.", "stop", "hypothetical");
    check("A strike remains possible.", "strike", "hypothetical");
    check("Efforts to broker a ceasefire continue.", "ceasefire", "hypothetical");
    check("Envoys are working towards a ceasefire.", "ceasefire", "hypothetical");
    check("It would be a mistake to recognise the junta, the paper wrote.", "recognise", "hypothetical");
    check("She was first arrested under the old regime.", "arrested", "historical");
    check("The dynasty that once ruled the valley has returned.", "ruled", "historical");
    check("Officers shot her father when she was six.", "shot", "historical");
    check("Officers shot her father when she was abroad.", "shot", "");
    check("The two ministers signed the pact before either was born.", "signed", "historical");
    check("The two ministers signed the pact before either arrived.", "signed", "");
    check("Officers were jailed in the days of the one-party state.", "jailed", "historical");
    check("Officers were jailed in two days of fighting.", "jailed", "");
    check("Until independence the company seized land in the valley.", "seized", "historical");
    check("Until Friday the rebels seized land in the valley.", "seized", "");
    check("For decades the island was occupied by Japan.", "occupied", "historical");
    check("No deal has been reached.", "deal", "negation");
    check("The feared attack did not materialise.", "attack", "negation");
    check("Moscow did not rule out that it would invade.", "invade", "hypothetical");
    check("The king's visit to Lisbon did not take place.", "visit", "negation");
    check("Efforts to reach a deal failed.", "reach", "negation");
    check("The crowd chanted for the mayor to resign.", "resign", "hypothetical");
    check("Any attack on the ship will be answered, the admiral said.", "attack", "hypothetical");
    check("His grandfather was shot by the NKVD.", "shot", "historical");
    check("The brothers fought on opposite sides thirty years before.", "fought", "historical");
    check("He was a boy when Uganda expelled its Asians.", "expelled", "historical");
    check("He was once jailed by the junta.", "jailed", "historical");
    check("Were he extradited, he could face life in prison.", "extradited", "hypothetical");
}

#[test]
fn what_is_refused_or_announced_was_said() {
    let pipeline = Pipeline::new(codebook());
    let check = |text: &str, event_type: &str, expected: &str| {
        let (document, events) = pipeline.read(Article::from_text("sentence", text));
        let rows = polybius::rows(&document, &events, &pipeline.codebook);
        let row = rows.iter().find(|row| row.event_type == event_type).expect(text);
        assert_eq!(row.auxiliary.join(" "), expected, "{text}");
    };
    check("Jacques Chirac would not hear of a NATO flag on Iraqi soil.", "REJECT", "");
    check("Russia did not reject the French proposal.", "REJECT", "negation");
    check("Brussels has not accepted the British proposal.", "REJECT", "");
    check(
        "The Socialists threatened to walk out of the Bulgarian coalition if parliament votes for the law.",
        "THREATEN",
        "hypothetical",
    );
    check("Turkey threatened to close the border with Armenia.", "THREATEN", "");
    check("Turkey threatened to punish anyone who crosses the Armenian border.", "THREATEN", "hypothetical");
    check("Turkey promised to send aid to Syria as soon as the fighting stops.", "AGREE", "hypothetical");
    check("Turkey promised to send aid to Syria.", "AGREE", "");
    check("Russia will withdraw its troops from Georgia once the fighting stops.", "CONCEDE", "future");
    check("Russia withdrew its troops from Georgia once the fighting stopped.", "RETREAT", "");
    check(
        "Poland plans to reopen a crossing with Belarus, the minister said, provided that Minsk frees the journalist Andrzej Poczobut.",
        "RETREAT",
        "hypothetical",
    );
    check("Several hundred Iranians gathered in Berlin to demand the release of the director.", "REQUEST", "");
    check("Several hundred Iranians will gather in Berlin to demand the release of the director.", "REQUEST", "future");
}
