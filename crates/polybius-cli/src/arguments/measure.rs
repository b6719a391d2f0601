//! What can be measured, and the help that says so.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use polybius::score::Joined;

use super::{CodebookArguments, ThreadArguments};

/// What can be measured.
#[derive(Debug, Subcommand)]
pub enum Measure {
    /// The events of an article against the facts that a reader finds in it.
    Article {
        /// The article.
        file: PathBuf,
        /// The facts.
        #[arg(long, value_name = "TOML")]
        expected: PathBuf,
        /// When it was published.
        #[arg(long, value_name = "YYYY-MM-DD")]
        published: Option<Date>,
        #[command(flatten)]
        codebook: CodebookArguments,
    },
    /// The events of a folder of articles against the facts that a reader finds in them.
    ///
    /// An article NAME_YYYY-MM-DD.txt, published on that day, goes with expected/NAME_YYYY-MM-DD.toml. A fact counts if an event
    /// whose trigger stands in its words has its type, actors and recipients; an event counts if there is such a fact.
    Articles {
        /// The folder.
        folder: PathBuf,
        /// Only the articles that the folder's split.toml lists under this name.
        #[arg(long)]
        split: Option<String>,
        /// Print instead, as JSON lines, every act that may be coded, with the signs that speak for it and for its sides.
        #[arg(long)]
        evidence: bool,
        /// Print instead, as JSON lines, the words that mean the sides of each fact, wherever the article has them.
        #[arg(long, conflicts_with = "evidence")]
        meant: bool,
        #[command(flatten)]
        codebook: CodebookArguments,
    },
    /// The trees against a treebank, from raw text.
    Conllu {
        /// The treebank.
        file: PathBuf,
        /// Also show how often arcs of a probability are right, of words that the treebank has too.
        #[arg(long)]
        calibration: bool,
    },
    /// Coreference chains against a treebank with entities, from raw text.
    ///
    /// MUC, B³, CEAF-e and the mean of their F1, as in the CoNLL 2012 shared task. A mention must cover exactly the same
    /// characters; one that stands alone does not count. The lower table sums over the documents.
    Coref(CorefArguments),
    /// Names against a set in IOB2, from raw text: precision, recall and F1 of persons, places and organisations.
    ///
    /// A name is right if its kind and exactly its characters are. Articles before a name and possessives after it do not count
    /// on either side; a second table shows the figures where they do.
    ///
    /// PERSON is a person; GPE and LOC are places; ORG is an organisation. FAC is a place unless the set has a kind of its own
    /// for facilities, as Worldwide has: then neither side's are scored. Other kinds are not scored.
    ///
    /// The text is put together from the set: as its `# text` lines give it, else with plausible spaces, an empty line ending a
    /// paragraph. Documents are read one by one where `# doc` or `# newdoc` says that one begins.
    Ner(NerArguments),
    /// Attributions against annotated ones in brat's standoff, as PolNeAR has them: cues, sources, contents, and all three.
    ///
    /// Spans are compared as sets of words; punctuation counts only in a span that holds nothing else. Attributions are paired
    /// one to one where their cues share a word. "cue, a word" counts such pairs; "exact" asks for the same words; "source
    /// words" and "content words" count the words that paired attributions share, out of all words of all sources or contents.
    /// "Each span" counts sources, cues and contents found exactly, together; "all three" asks for all of one attribution. A link
    /// joins a source and a content, whatever the cue. Last, what is wrong with the rest, each counted once, by its first cause.
    ///
    /// An attribution inside the content of another is not compared: PolNeAR has none.
    Cues(CuesArguments),
    /// Expressions of time against the cases of Recognizers-Text, and the dates of acts in articles against a reader's.
    ///
    /// A case is right if the days that its words mean are those given, both looking back from the reference day and looking ahead. The
    /// cases are commands to an assistant; scored are the families that the news has too: days, months and weekdays by name; weeks,
    /// months, quarters, years and their parts; what is counted from a day ("two weeks ago"); ranges; what is bounded on one side
    /// ("since May"); decades; named days. Not scored, and counted with the reason: times and hours, since events are dated by days;
    /// lengths of time and repetitions, which are no day; dates in numbers alone and bare days of a month, which papers do not write;
    /// words of chats, database queries, business days and week numbers; seasons, which differ by hemisphere; days that do not exist.
    /// The set ends a range on the first day of the month, quarter or year that ends it; that this is in the range counts as the same.
    ///
    /// With --articles, the date that the coder gives at the words of each act that a reader found, coded or not, must lie within the
    /// reader's. Where the reader gives none, one that is read from words is wrong; the default to the day of publication is not.
    Dates(DatesArguments),
    /// Whom the mentions of labelled passages name, as `examples/entities` has them: entity, country and sector, by kind of mention.
    ///
    /// A mention whose entity the codebook does not list, or that a careful reader cannot tell, is counted in the last line of a
    /// table and nowhere else.
    Entities(EntitiesArguments),
    /// How surely predicates happened, -3 to 3, against readers: Pearson's r and the mean error, of sentences in JSON lines, as UDS-IH2
    /// has them.
    Factuality(FactualityArguments),
    /// Auxiliary modes of one word of each sentence, as `examples/modes` has them: a word that heads no clause has none.
    Modes(ModesArguments),
    /// Event types of pairs, both parties given, and of the same sentences from raw text: a table with the columns root, quad and
    /// marked_sentence, in which `<s>…</s>` acts on `<t>…</t>`.
    ///
    /// "Or no act" allows no type as an answer, which is then wrong. From raw text an event
    /// counts if its actors and recipients overlap the marks.
    Pairs(PairsArguments),
    /// Quad classes of sentences from raw text, 0 being no political event: a table with the columns sentence and quad. The surest
    /// event of a sentence gives its class.
    Quads(TableArguments),
    /// Where place names lie, against texts that mark each with its use and GeoNames id, as GeoWebNews does.
    ///
    /// "Found" asks for the same words, but for articles and possessives, in raw text: of names for the ground, and of all. Then,
    /// of names for the ground: the same GeoNames id, within 161 km, the same country; "given" is told which words are names of
    /// places, "raw" finds them itself. At last, how often a name for the ground, and one for those who rule or live there, is
    /// taken so.
    Places(PlacesArguments),
    /// Single sentences against all the events they should give.
    Sentences {
        /// Files of sentences, as in `examples/`.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        codebook: CodebookArguments,
    },
    /// Actors and recipients of events against spans in IOB2, sentence by sentence, from raw text.
    ///
    /// S is an actor of some event, T a recipient, R somebody who acts together with others and on nobody else: here, an actor of
    /// an event with several actors and no recipient. Spans in sentences that give no event are missed. "Same words" leaves
    /// out articles before and possessives after; "same head" asks for the same head word.
    Spans(SpansArguments),
    /// The codebook's own examples.
    Examples {
        #[command(flatten)]
        codebook: CodebookArguments,
        #[command(flatten)]
        threads: ThreadArguments,
    },
}

/// Arguments of `score coref`.
#[derive(Debug, Args)]
pub struct CorefArguments {
    /// Treebanks with `Entity=` in MISC, as OntoGUM has them, or folders of them.
    #[arg(value_name = "FILES", required = true)]
    pub files: Vec<PathBuf>,
    /// Score only documents whose id begins so.
    #[arg(long, value_name = "PREFIX", num_args = 1..)]
    pub only: Vec<String>,
    /// Score only documents that are also in this treebank.
    #[arg(long, value_name = "CONLLU")]
    pub documents: Option<PathBuf>,
}

/// Arguments of `score ner`.
#[derive(Debug, Args)]
pub struct NerArguments {
    /// A word and a tag a line, as in Worldwide; or a number, a word and a tag, as in Universal NER.
    pub file: PathBuf,
    /// Also show how often names of a probability are right.
    #[arg(long)]
    pub calibration: bool,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Arguments of `score cues`.
#[derive(Debug, Args)]
pub struct CuesArguments {
    /// A folder of texts (.txt) and annotations (.ann) of the same names, in whichever folders inside.
    pub folder: PathBuf,
    /// Show every attribution that is not found as annotated, and every one found where none is.
    #[arg(long)]
    pub differences: bool,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Arguments of `score dates`.
#[derive(Debug, Args)]
pub struct DatesArguments {
    /// Files of cases (.json).
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// A folder of articles, as `score articles` takes it.
    #[arg(long, value_name = "FOLDER")]
    pub articles: Option<PathBuf>,
    /// Only the articles that the folder's split.toml lists under this name.
    #[arg(long, requires = "articles")]
    pub split: Option<String>,
    /// Also list what is wrong; of articles, only those of the split `tuned`.
    #[arg(long)]
    pub errors: bool,
    /// Print instead, as JSON lines, every day that may be that of a fact, with the signs that speak for it.
    #[arg(long, requires = "articles")]
    pub evidence: bool,
    #[command(flatten)]
    pub codebook: CodebookArguments,
}

/// Arguments of `score entities`.
#[derive(Debug, Args)]
pub struct EntitiesArguments {
    /// A folder with `passages.toml` and `labels.toml`.
    pub folder: PathBuf,
    /// Which passages: those that the program was tuned on, those held back, or all.
    #[arg(long, value_enum, default_value = "all")]
    pub split: SplitArgument,
    /// Also list the wrong mentions of the passages that the program was tuned on.
    #[arg(long)]
    pub errors: bool,
    #[command(flatten)]
    pub codebook: CodebookArguments,
}

/// Arguments of `score places`.
#[derive(Debug, Args)]
pub struct PlacesArguments {
    /// A folder of texts (.txt) and annotations (.ann) of the same names, in whichever folders inside.
    pub folder: PathBuf,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Arguments of `score spans`.
#[derive(Debug, Args)]
pub struct SpansArguments {
    /// A word and a tag a line, an empty line between sentences.
    pub file: PathBuf,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Arguments of `score modes`.
#[derive(Debug, Args)]
pub struct ModesArguments {
    /// A folder with sentences.tab and labels.tab.
    pub folder: PathBuf,
    /// Score one half alone.
    #[arg(long, value_enum)]
    pub split: Option<SplitArgument>,
    /// Print every sentence of which a mode is wrong.
    #[arg(long)]
    pub errors: bool,
    /// Print instead, as JSON lines, what speaks for each mode of every sentence.
    #[arg(long)]
    pub evidence: bool,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Arguments of `score factuality`.
#[derive(Debug, Args)]
pub struct FactualityArguments {
    /// Sentences (.jsonl) with `text`, its words set apart by blanks, and `targets`, each with `span1` and `label`.
    pub file: PathBuf,
    /// Print label and cues of every predicate instead, to fit the codebook's points to.
    #[arg(long)]
    pub cues: bool,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Arguments of `score pairs`.
#[derive(Debug, Args)]
pub struct PairsArguments {
    #[command(flatten)]
    pub table: TableArguments,
    /// Types that the table has under one name: YIELD=CONCEDE,RETREAT.
    #[arg(long, value_name = "NAME=TYPE,TYPE")]
    pub join: Vec<Joined>,
}

/// Arguments of `score pairs` and `score quads`.
#[derive(Debug, Args)]
pub struct TableArguments {
    /// A table, its fields separated by tabs.
    pub file: PathBuf,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Which passages to score.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SplitArgument {
    /// Those that the program was tuned on.
    Tuned,
    /// Those held back.
    Held,
    /// All.
    All,
}
