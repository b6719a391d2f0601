//! Coreference within the document, by rules that prefer silence to error.
//!
//! Names join the chain of a name they are a variant of: the same words, a surname after a full name, an acronym. Personal and
//! possessive pronouns join the chain of a name that fits in this or the three sentences before. Pronouns of the first person are
//! left to whoever knows the speaker; pronouns in a quotation are only resolved to names within it.

use std::collections::HashMap;

use polybius_document::{Chain, Layers, Mention, MentionId, MentionKind, Relation, TokenData, TokenId, Upos};

use crate::tokens::is_apostrophe;

/// How many sentences back a pronoun looks.
const REACH: usize = 3;

/// Adds resolved pronouns to the mentions, and chains.
pub(crate) fn resolve(text: &str, layers: &mut Layers) {
    let quoted = quoted_tokens(text, layers);
    let mut resolver = Resolver {
        text,
        tokens: &layers.tokens,
        names: &layers.mentions,
        quoted: &quoted,
        entities: Vec::new(),
        by_text: HashMap::new(),
        by_word: HashMap::new(),
        recent: Vec::new(),
        of_token: HashMap::new(),
    };
    let mut name = 0;
    for (number, sentence) in layers.sentences.iter().enumerate() {
        for index in sentence.tokens.start.index()..sentence.tokens.end.index() {
            while name < layers.mentions.len() && layers.mentions[name].tokens.end.index() <= index {
                name += 1;
            }
            match layers.mentions.get(name) {
                Some(mention) if mention.tokens.start.index() == index => resolver.name(name, number),
                Some(mention) if mention.tokens.start.index() < index => {}
                _ => resolver.pronoun(index, number),
            }
        }
    }
    let entities = std::mem::take(&mut resolver.entities);
    write(entities, layers);
}

/// A mention of an entity: its token range in the document and what it is.
#[derive(Clone)]
struct Place {
    mention: Mention,
    sentence: usize,
}

#[derive(Default)]
struct Entity {
    kind: Option<MentionKind>,
    /// The longest name, folded, word by word.
    words: Vec<String>,
    places: Vec<Place>,
    /// `Some(true)` if called "she" or "Ms.", `Some(false)` if "he" or "Mr.".
    feminine: Option<bool>,
}

struct Resolver<'a> {
    text: &'a str,
    tokens: &'a [TokenData],
    names: &'a [Mention],
    quoted: &'a [bool],
    entities: Vec<Entity>,
    /// The entity last named by exactly these words.
    by_text: HashMap<String, usize>,
    /// The person last known by this first or last word; the entity last known by these initials.
    by_word: HashMap<String, usize>,
    /// Entities in the order they were last mentioned, with the sentence: what pronouns look through.
    recent: Vec<(usize, usize)>,
    /// The entity of a token that is the head word of a mention.
    of_token: HashMap<usize, usize>,
}

impl Resolver<'_> {
    fn form(&self, index: usize) -> &str {
        &self.text[self.tokens[index].span.range()]
    }

    fn name(&mut self, name: usize, sentence: usize) {
        let mention = &self.names[name];
        if matches!(mention.kind, MentionKind::Date | MentionKind::Norp | MentionKind::Other | MentionKind::Pronoun) {
            return;
        }
        let range = mention.tokens.start.index()..mention.tokens.end.index();
        let words: Vec<String> =
            range.clone().map(|index| folded(self.form(index))).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return;
        }
        let key = words.join(" ");
        let person = mention.kind == MentionKind::Person;
        let found = self
            .by_text
            .get(&key)
            .copied()
            .filter(|&entity| person == (self.entities[entity].kind == Some(MentionKind::Person)))
            .or_else(|| if person { self.person(&words) } else { self.acronym(name, &words) });
        let entity = found.unwrap_or_else(|| {
            self.entities.push(Entity { kind: Some(mention.kind), ..Entity::default() });
            self.entities.len() - 1
        });
        if person {
            for word in [words.first(), words.last()].into_iter().flatten() {
                self.by_word.insert(word.clone(), entity);
            }
            if let Some(title) = range.start.checked_sub(1).map(|index| folded(self.form(index))) {
                match title.as_str() {
                    "mr" => self.entities[entity].feminine = Some(false),
                    "ms" | "mrs" | "miss" => self.entities[entity].feminine = Some(true),
                    _ => {}
                }
            }
        } else if words.len() > 1 {
            self.by_word.insert(initials(&words), entity);
        }
        self.by_text.insert(key, entity);
        if words.len() > self.entities[entity].words.len() {
            self.entities[entity].words = words;
        }
        let head = self.head_of(&range);
        self.add(entity, Place { mention: mention.clone(), sentence }, head);
    }

    /// The person of whose name these words are a part, or who was known by a part of it.
    fn person(&self, words: &[String]) -> Option<usize> {
        let (first, last) = (words.first()?, words.last()?);
        let fits = |entity: &usize| {
            let entity = &self.entities[*entity];
            let known = &entity.words;
            if entity.kind != Some(MentionKind::Person) {
                return false;
            }
            match (known.len(), words.len()) {
                (_, 1) => known.last() == Some(last) || known.first() == Some(last),
                (1, _) => known.last() == Some(last),
                // "Nouri al-Maliki" and "Nouri Kamil al-Maliki": first and last word agree.
                _ => known.last() == Some(last) && known.first() == Some(first),
            }
        };
        self.by_word.get(last).or_else(|| self.by_word.get(first)).copied().filter(|entity| fits(entity))
    }

    /// The entity of which a name in capitals gives the initials; at once if it stands in brackets after that name.
    fn acronym(&self, name: usize, words: &[String]) -> Option<usize> {
        let [word] = words else { return None };
        let mention = &self.names[name];
        let start = mention.tokens.start.index();
        let form = self.form(start);
        if word.chars().count() < 2 || word.chars().count() > 7 || form.chars().any(char::is_lowercase) {
            return None;
        }
        if let Some(&entity) =
            self.by_word.get(word).filter(|&&entity| self.entities[entity].kind != Some(MentionKind::Person))
        {
            return Some(entity);
        }
        let before = name.checked_sub(1).map(|name| &self.names[name])?;
        let bracket = start > 0 && self.form(start - 1) == "(" && before.tokens.end.index() == start - 1;
        if !bracket || before.kind == MentionKind::Person || !initials_may_be(word, before.tokens.end.index(), self) {
            return None;
        }
        let entity = self.of_token.get(&self.head_of(&(before.tokens.start.index()..before.tokens.end.index())));
        entity.copied()
    }

    /// The token of `range` whose head lies outside.
    fn head_of(&self, range: &std::ops::Range<usize>) -> usize {
        let outside = |index: &usize| self.tokens[*index].head.is_none_or(|head| !range.contains(&head.index()));
        range.clone().find(outside).unwrap_or(range.start)
    }

    fn add(&mut self, entity: usize, place: Place, head: usize) {
        self.of_token.insert(head, entity);
        self.recent.push((entity, place.sentence));
        self.entities[entity].places.push(place);
    }

    fn pronoun(&mut self, index: usize, sentence: usize) {
        let token = &self.tokens[index];
        if token.upos != Upos::Pron || matches!(token.relation, Relation::Expl | Relation::Discourse) {
            return;
        }
        let form = self.form(index).to_lowercase();
        let found = match form.as_str() {
            "he" | "him" | "his" | "himself" => self.by_salience(index, sentence, false),
            "she" | "her" | "hers" | "herself" => self.by_salience(index, sentence, true),
            "it" | "its" | "itself" => self.by_subject(index, sentence, &[MentionKind::Gpe, MentionKind::Org]),
            "they" | "their" | "them" | "themselves" => self.by_subject(index, sentence, &[MentionKind::Org]),
            _ => None,
        };
        let Some(entity) = found else { return };
        if matches!(form.as_str(), "he" | "him" | "his" | "himself") {
            self.entities[entity].feminine = Some(false);
        } else if form.starts_with("she") || form.starts_with("her") {
            self.entities[entity].feminine = Some(true);
        }
        let tokens = TokenId::from(index)..TokenId::from(index + 1);
        self.add(
            entity,
            Place { mention: Mention { tokens, kind: MentionKind::Pronoun, score: 1.0 }, sentence },
            index,
        );
    }

    /// The person that stands out most among those mentioned last.
    fn by_salience(&self, index: usize, sentence: usize, feminine: bool) -> Option<usize> {
        let reflexive = self.form(index).to_lowercase().ends_with("self");
        let speaker = if self.quoted[index] { None } else { self.unnamed_speaker(index) };
        let mut best: Option<(i32, usize)> = None;
        for &(entity, at) in self.recent.iter().rev().take(40) {
            if at + REACH < sentence {
                break;
            }
            let known = &self.entities[entity];
            if known.kind != Some(MentionKind::Person) || known.feminine == Some(!feminine) {
                continue;
            }
            let last = known.places.last().map_or(0, |place| place.mention.tokens.start.index());
            if speaker.is_some_and(|speaker| last < speaker) || reflexive && at < sentence {
                continue;
            }
            let Some(score) = self.salience(known, index, sentence) else { continue };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, entity));
            }
        }
        best.map(|(_, entity)| entity)
    }

    /// The subject of the last sentence with a quotation, if it is a common noun: "a man said". A pronoun after it may mean
    /// him, so no name before it is meant for certain.
    fn unnamed_speaker(&self, index: usize) -> Option<usize> {
        let low = index.saturating_sub(80);
        (low..index).rev().find(|&at| {
            let token = &self.tokens[at];
            let subject = token.relation == Relation::Nsubj && token.upos == Upos::Noun && !self.quoted[at];
            let verb = token.head.map_or(at, TokenId::index);
            let near = verb.saturating_sub(3)..verb;
            subject
                && !self.quoted[verb]
                && !self.of_token.contains_key(&at)
                && near.clone().any(|near| self.quoted[near])
                || subject
                    && self
                        .quoted
                        .get(verb + 1..(verb + 4).min(self.quoted.len()))
                        .is_some_and(|next| next.contains(&true))
        })
    }

    /// How much an entity stands out to the pronoun at `index`; `None` if it cannot be meant.
    fn salience(&self, entity: &Entity, index: usize, sentence: usize) -> Option<i32> {
        let place = entity.places.last()?;
        let range = place.mention.tokens.start.index()..place.mention.tokens.end.index();
        let head = self.head_of(&range);
        let token = &self.tokens[index];
        if self.quoted[index] && !(self.quoted[head] && place.sentence == sentence) {
            return None;
        }
        let nearness = [40, 30, 16, 6][sentence - place.sentence];
        let role = self.role(head);
        let mut score = nearness + role + 3 * entity.places.len().min(4) as i32;
        if self.quoted[head] && !self.quoted[index] {
            score -= 25;
        }
        if place.sentence == sentence {
            let same_clause = self.tokens[head].head.is_some() && self.tokens[head].head == token.head;
            let reflexive = self.form(index).to_lowercase().ends_with("self");
            if same_clause != reflexive && (reflexive || token.relation != Relation::NmodPoss) {
                return None;
            }
            // A word inside the noun phrase that the pronoun itself belongs to.
            if token.relation == Relation::NmodPoss && token.head.is_some_and(|noun| self.is_below(head, noun.index()))
            {
                return None;
            }
            if role >= 20 {
                score += 10;
            }
        }
        Some(score)
    }

    /// Subjects stand out, then objects.
    fn role(&self, head: usize) -> i32 {
        let mut at = head;
        for _ in 0..4 {
            match self.tokens[at].relation {
                Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter => return 25,
                Relation::Appos | Relation::Flat | Relation::Conj => match self.tokens[at].head {
                    Some(next) => at = next.index(),
                    None => return 10,
                },
                Relation::Obj | Relation::Iobj => return 10,
                Relation::OblAgent => return 14,
                Relation::Root => return 12,
                Relation::NmodPoss => return 4,
                _ => return 0,
            }
        }
        0
    }

    fn is_below(&self, mut at: usize, top: usize) -> bool {
        for _ in 0..64 {
            if at == top {
                return true;
            }
            match self.tokens[at].head {
                Some(head) => at = head.index(),
                None => return false,
            }
        }
        false
    }

    /// The subject of the clause the pronoun is in, or of one above it, or of the sentence before, if that is such a name. A
    /// subject that is no name ends the search: the pronoun may mean it. So does a second name that may be meant.
    fn by_subject(&self, index: usize, sentence: usize, kinds: &[MentionKind]) -> Option<usize> {
        if self.quoted[index] {
            return None;
        }
        let possessive = self.tokens[index].relation == Relation::NmodPoss;
        let own_verb = self.tokens[index].head?.index();
        let mut at = index;
        let mut clauses = 0;
        while let Some(head) = self.tokens[at].head.map(TokenId::index) {
            let outside = |subject: &usize| *subject < index && !self.is_below(index, *subject);
            let subject = self.subject_of(head).filter(outside);
            if let Some(subject) = subject.filter(|_| possessive || head != own_verb) {
                let rival = clauses > 0 && self.rival(subject + 1..index, kinds);
                return if rival { None } else { self.named(subject, kinds) };
            }
            clauses += usize::from(is_clause(self.tokens[head].relation));
            at = head;
        }
        // A pronoun that is itself the subject of its sentence goes back to the subject of the one before.
        let noun = if possessive { own_verb } else { index };
        if self.subject_verb(noun) != Some(at) {
            return None;
        }
        let mut recent = self.recent.iter().rev().take_while(|&&(_, at)| at + 1 >= sentence);
        let &(entity, _) = recent.find(|&&(entity, at)| {
            let place = self.entities[entity].places.iter().rev().find(|place| place.sentence == at);
            at < sentence
                && place.is_some_and(|place| {
                    let head = self.head_of(&(place.mention.tokens.start.index()..place.mention.tokens.end.index()));
                    let verb = self.subject_verb(head);
                    verb.is_some_and(|verb| self.tokens[verb].head.is_none()) && !self.quoted[head]
                })
        })?;
        self.entities[entity].kind.filter(|kind| kinds.contains(kind)).map(|_| entity)
    }

    /// The verb of which `noun`, or what it is an apposition or conjunct of, is the subject.
    fn subject_verb(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        for _ in 0..4 {
            let head = self.tokens[at].head?.index();
            match self.tokens[at].relation {
                Relation::Nsubj | Relation::NsubjPass => return Some(head),
                Relation::Appos | Relation::Flat | Relation::Conj => at = head,
                _ => return None,
            }
        }
        None
    }

    /// Whether a subject, object or oblique among the tokens is a name of these kinds.
    fn rival(&self, mut range: std::ops::Range<usize>, kinds: &[MentionKind]) -> bool {
        range.any(|index| {
            use Relation::*;
            let core = matches!(self.tokens[index].relation, Nsubj | NsubjPass | Obj | Iobj | Obl);
            let verb = self.tokens[index].head.map(|head| self.tokens[head.index()].relation);
            core && verb != Some(AclRelcl) && self.named(index, kinds).is_some()
        })
    }

    fn subject_of(&self, verb: usize) -> Option<usize> {
        let low = verb.saturating_sub(60);
        let high = self.tokens.len().min(verb + 30);
        (low..high).find(|&index| {
            self.tokens[index].head == Some(TokenId::from(verb))
                && matches!(self.tokens[index].relation, Relation::Nsubj | Relation::NsubjPass)
        })
    }

    fn named(&self, head: usize, kinds: &[MentionKind]) -> Option<usize> {
        let entity = *self.of_token.get(&head)?;
        self.entities[entity].kind.filter(|kind| kinds.contains(kind)).map(|_| entity)
    }
}

/// Whether the word is the head of a clause of its own.
fn is_clause(relation: Relation) -> bool {
    use Relation::*;
    matches!(relation, Acl | AclRelcl | Advcl | AdvclRelcl | Ccomp | Conj | Csubj | CsubjPass | Xcomp | Parataxis)
}

/// Writes the entities with two mentions and more as chains, and their pronouns as mentions.
fn write(entities: Vec<Entity>, layers: &mut Layers) {
    let pronouns =
        entities.iter().flat_map(|entity| &entity.places).filter(|place| place.mention.kind == MentionKind::Pronoun);
    layers.mentions.extend(pronouns.map(|place| place.mention.clone()).collect::<Vec<_>>());
    layers.mentions.sort_by_key(|mention| mention.tokens.start);
    let id = |place: &Place| {
        let index = layers.mentions.partition_point(|mention| mention.tokens.start < place.mention.tokens.start);
        MentionId::from(index)
    };
    let chains = entities.iter().filter(|entity| entity.places.len() > 1);
    layers.chains = chains.map(|entity| Chain { mentions: entity.places.iter().map(id).collect() }).collect();
}

/// Which tokens stand inside quotation marks; a quotation left open ends with its paragraph.
fn quoted_tokens(text: &str, layers: &Layers) -> Vec<bool> {
    let mut out = Vec::with_capacity(layers.tokens.len());
    let mut inside = false;
    let mut end = 0;
    for sentence in &layers.sentences {
        let tokens = &layers.tokens[sentence.tokens.start.index()..sentence.tokens.end.index()];
        let start = tokens[0].span.start as usize;
        inside &= !text[end..start].contains('\n');
        for token in tokens {
            match &text[token.span.range()] {
                "“" | "„" | "«" | "``" => inside = true,
                "”" | "»" | "''" => inside = false,
                "\"" => inside = !inside,
                _ => {}
            }
            out.push(inside);
            end = token.span.end as usize;
        }
    }
    out
}

/// Lower case without stops and apostrophes, so that `U.S.` is `us`.
fn folded(word: &str) -> String {
    let kept = word.chars().filter(|&c| c.is_alphanumeric() && !is_apostrophe(c));
    kept.flat_map(char::to_lowercase).collect()
}

fn initials(words: &[String]) -> String {
    let content =
        words.iter().filter(|word| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "on" | "in" | "to"));
    content.filter_map(|word| word.chars().next()).collect()
}

/// Whether a name in brackets can abbreviate the name before: its first letter begins one of the words.
fn initials_may_be(acronym: &str, end: usize, resolver: &Resolver) -> bool {
    let first = acronym.chars().next();
    let low = end.saturating_sub(8);
    (low..end).any(|index| folded(resolver.form(index)).chars().next() == first)
}

#[cfg(test)]
mod tests;
