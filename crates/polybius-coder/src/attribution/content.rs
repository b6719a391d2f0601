//! Contents: what a verb says, thinks or wants.

use polybius_codebook::Stance;
use polybius_document::{Relation, Token, TokenId, Upos};

use super::cue::Meaning;
use super::find::Finder;
use super::phrase::{Words, below, noun_phrase};
use crate::phrases::{extent, is_relative, lower_lemma, marker, preposition};

impl<'a> Finder<'a> {
    /// What hangs on the verb and is what it says.
    pub(super) fn complements(&self, verb: Token<'a>, meaning: &Meaning<'a>, cue: &mut Words) -> (Words, bool) {
        let mut content = Words::new();
        let (mut has_clause, mut finite) = (false, false);
        for child in verb.children() {
            let asked = meaning.stance == Stance::Asks
                && child.relation() == Relation::Advcl
                && marker(child).is_some_and(|mark| {
                    ["if", "whether", "why", "how", "what", "when", "where"].contains(&mark.as_str())
                });
            // "noted last week that …": parsers take it for an adverbial clause.
            let that =
                child.relation() == Relation::Advcl && child.id > verb.id && marker(child).as_deref() == Some("that");
            // "noted that Russia is …, and it wants …": after a past cue the present is what it says.
            let goes_on = child.relation() == Relation::Conj
                && verb.xpos() == "VBD"
                && has_clause
                && matches!(child.xpos(), "VBZ" | "VBP")
                && self.own_subject(child).is_some()
                && self.codebook.cues.speech_verb(&lower_lemma(child)).is_none();
            let doing = !meaning.told && self.is_done(child, verb);
            let clause =
                (asked || that || goes_on || doing || matches!(child.relation(), Relation::Ccomp | Relation::Xcomp))
                    && meaning.governed.is_none_or(|governed| governed.id != child.id);
            // "says troops left; rebels stayed": what is set beside it without a mark that opens speech is told anew.
            let beside = child.relation() == Relation::Parataxis && child.id > verb.id && self.is_opened(child);
            if clause || (beside && meaning.told) {
                has_clause |= clause;
                finite |= child.relation() != Relation::Xcomp && !doing;
                let mut words = self.clause(child);
                // "said with regret that …": what stands before "that" belongs to the saying.
                let that = child
                    .children()
                    .find(|mark| mark.relation() == Relation::Mark && mark.id > verb.id && mark.xpos() == "IN");
                if let Some(that) = that.filter(|_| child.relation() == Relation::Ccomp) {
                    words.retain(|word| *word >= that.id);
                }
                if child.id < verb.id && !self.goes_on_after(verb) {
                    words.retain(|word| *word < verb.id);
                }
                content.extend(words);
            }
        }
        if let Some(governed) = meaning.governed {
            let mut words = self.clause(governed);
            let case = governed.children().find(|child| matches!(child.relation(), Relation::Case | Relation::Mark));
            if let Some(case) = case.filter(|case| case.xpos() != "TO" || governed.upos() != Upos::Verb)
                && cue.last().is_some_and(|last| last.0 + 1 == case.id.0)
            {
                let case = below(case, &|_| false);
                words.retain(|word| !case.contains(word));
                cue.extend(case);
            }
            content.extend(words);
        }
        let infinitive = verb.children_by(Relation::Xcomp).next().is_some();
        for child in verb.children().filter(|child| child.id > verb.id) {
            let speaker = self.own_subject(verb).is_some_and(|own| own.id == child.id);
            let object = matches!(child.relation(), Relation::Obj | Relation::Iobj) && !speaker;
            if object && meaning.governed.is_none_or(|governed| governed.id != child.id) {
                let person = child.relation() == Relation::Iobj && !infinitive;
                let named = infinitive;
                let addressee =
                    meaning.addressed && !named && (has_clause || meaning.governed.is_some() || meaning.clausal);
                let framed = !meaning.addressed && self.is_framed(verb, child);
                if !person && !addressee && (!meaning.clausal || named || framed) {
                    content.extend(self.clause(child));
                }
            }
        }
        let has_object = !content.is_empty() && !verb.children_by(Relation::Ccomp).any(|_| true);
        let governed = meaning.governed.map(|governed| governed.id);
        let free = |child: &Token<'_>| Some(child.id) != governed && !self.times.contains(&child.id);
        for child in verb.children().filter(|child| child.id > verb.id && has_object && free(child)) {
            let by = match child.relation() {
                Relation::Obl => preposition(child),
                Relation::Advcl => marker(child),
                _ => None,
            };
            let object_of = [
                "as", "for", "to", "with", "against", "of", "by", "about", "over", "from", "into", "between", "than",
                "in", "at", "among",
            ];
            if by.is_some_and(|by| object_of.contains(&by.as_str())) {
                content.extend(self.clause(child));
            }
        }
        if content.is_empty() && !meaning.clausal && !meaning.addressed {
            content.extend(self.left_behind(verb));
        }
        (content, finite)
    }

    /// "opposes sending troops": a participle right behind the verb, which parsers take for a circumstance.
    fn is_done(&self, child: Token<'a>, verb: Token<'a>) -> bool {
        let first = extent(self.document, child.id).0;
        child.relation() == Relation::Advcl
            && child.xpos() == "VBG"
            && child.id > verb.id
            && marker(child).is_none()
            && verb.children_by(Relation::Obj).next().is_none()
            && (verb.id.0 + 1..first.0).all(|id| self.document.token(TokenId(id)).relation() == Relation::CompoundPrt)
    }

    /// "framed the truce as a defeat", "found the army ready": what somebody takes the object for follows it.
    fn is_framed(&self, verb: Token<'a>, object: Token<'a>) -> bool {
        verb.children().filter(|after| after.id > object.id).any(|after| match after.relation() {
            Relation::Xcomp => true,
            Relation::Obl => preposition(after).as_deref() == Some("as"),
            Relation::Advcl => marker(after).as_deref() == Some("as"),
            _ => false,
        })
    }

    /// Whether a colon or a quotation mark stands before the clause.
    fn is_opened(&self, clause: Token<'_>) -> bool {
        let first = extent(self.document, clause.id).0;
        let opens =
            |id: u32| matches!(self.document.token(TokenId(id)).text(), ":" | "“" | "„" | "«" | "``" | "\"" | "‘");
        opens(first.0) || (first.0 > 0 && opens(first.0 - 1))
    }

    /// "the plan, which Iran rejected": the object of a relative clause is its pronoun. Not "the plan by which Iran agreed".
    fn left_behind(&self, verb: Token<'a>) -> Option<TokenId> {
        let own = verb.children_by(Relation::Nsubj).next().filter(|_| verb.relation() == Relation::AclRelcl)?;
        let pronoun = verb.children_by(Relation::Obj).find(|object| object.id < own.id && is_relative(*object))?;
        Some(pronoun.id)
    }

    /// The words of what is said, without what is said anew beside it: ", saying that …", "and one in four said …".
    pub(super) fn clause(&self, head: Token<'a>) -> Words {
        let nonfinite = |token: Token<'_>| {
            matches!(token.xpos(), "VB" | "VBG")
                && !token
                    .children()
                    .any(|child| matches!(child.relation(), Relation::Aux | Relation::Nsubj | Relation::NsubjPass))
        };
        let is_thing =
            head.upos().is_noun() && matches!(head.relation(), Relation::Obj | Relation::Obl | Relation::Nmod);
        let anew = |child: Token<'_>| {
            let speaks = || self.codebook.cues.speech_verb(&lower_lemma(child)).is_some();
            match child.relation() {
                // "rejected the plan, which …": what is told of a thing beside it is not what was said.
                // So is a plain fact behind a comma: "said they would repeal the act, which passed in 2010".
                Relation::AclRelcl => {
                    let plain = matches!(child.xpos(), "VBD" | "VBZ" | "VBP")
                        && !child.children().any(|aux| aux.relation() == Relation::Aux);
                    (is_thing || plain) && self.is_set_off(child)
                }
                Relation::Appos => is_thing && matches!(child.xpos(), "NN" | "NNS") && self.is_set_off(child),
                Relation::Conj => {
                    let finite = matches!(child.xpos(), "VBD" | "VBZ" | "VBP");
                    let says = speaks()
                        && self.own_subject(child).is_some()
                        && child.children_by(Relation::Ccomp).next().is_some();
                    finite && (says || child.head().is_some_and(nonfinite) || self.goes_on_saying(child).is_some())
                }
                Relation::Parataxis => child.id > head.id && self.own_subject(child).is_some(),
                Relation::Advcl if child.xpos() == "VBG" && marker(child).is_none() => speaks(),
                Relation::Advcl => {
                    let contrast = marker(child).is_some_and(|mark| {
                        ["although", "though", "even though", "while", "whereas"].contains(&mark.as_str())
                    });
                    contrast && child.head().is_some_and(|head| head.id < child.id)
                }
                _ => false,
            }
        };
        below(head, &anew)
    }

    /// "said the plan would fail and called it a sham": a verb of speech without a subject, coordinated with what is said, in the form of the
    /// verb that says so, which is returned. Not "said they met and called for talks", where what is said is told in that form too.
    pub(super) fn goes_on_saying<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        let speaks = |token: Token<'_>| self.codebook.cues.speech_verb(&lower_lemma(token)).is_some();
        let said = verb.head().filter(|_| verb.relation() == Relation::Conj && matches!(verb.xpos(), "VBD" | "VBZ"))?;
        let saying = said.head().filter(|_| said.relation() == Relation::Ccomp)?;
        let goes_on = speaks(verb) && speaks(saying) && self.own_subject(verb).is_none() && saying.id < said.id;
        (goes_on && saying.xpos() == verb.xpos() && said.xpos() != verb.xpos()).then_some(saying)
    }

    /// Whether a comma stands before the clause.
    fn is_set_off(&self, clause: Token<'_>) -> bool {
        let first = extent(self.document, clause.id).0;
        let text = |id: TokenId| self.document.token(id).text();
        text(first) == "," || (first.0 > 0 && text(TokenId(first.0 - 1)) == ",")
    }

    /// Whether a comma closes the cue before the sentence goes on: "Iran, officials said, fired …".
    pub(super) fn goes_on_after(&self, verb: Token<'a>) -> bool {
        let sentence = &self.document.sentence(self.document.sentence_of(verb.id)).tokens;
        let after = self.document.tokens(TokenId(verb.id.0 + 1)..sentence.end).find(|token| {
            let of_source = verb.children().any(|child| child.relation() == Relation::Nsubj && child.governs(token.id));
            !of_source && token.relation() != Relation::CompoundPrt
        });
        after.is_some_and(|token| token.text() == ",")
    }

    /// "was derided as weak", "is praised for its calm": what a passive takes its subject for.
    pub(super) fn held_against(&self, verb: Token<'a>, meaning: &Meaning<'a>) -> Words {
        let sides = matches!(meaning.stance, Stance::Approves | Stance::Opposes | Stance::Accuses | Stance::Believes);
        let taken = verb.children().filter(|child| {
            let by = match child.relation() {
                Relation::Obl => preposition(*child),
                Relation::Advcl => marker(*child),
                _ => None,
            };
            sides && child.id > verb.id && by.is_some_and(|by| ["as", "for"].contains(&by.as_str()))
        });
        taken.flat_map(|child| self.clause(child)).collect()
    }

    /// Adds the subject of a passive, which is what the cue is about, unless that is the person spoken to.
    pub(super) fn acted_on(&self, verb: Token<'a>, meaning: &Meaning<'a>, content: &mut Words) -> Option<()> {
        let subject = verb.children().find(|child| matches!(child.relation(), Relation::NsubjPass | Relation::Nsubj));
        if meaning.addressed {
            return (!content.is_empty()).then_some(());
        }
        let by = verb.children_by(Relation::OblAgent).next().is_some();
        if content.is_empty() && !by && meaning.stance != Stance::Seems {
            return None;
        }
        match subject {
            Some(subject) if subject.relation() == Relation::Expl => {}
            Some(subject) => content.extend(noun_phrase(subject, verb)),
            None => {
                if let Some(noun) = verb.head().filter(|_| verb.relation() == Relation::Acl) {
                    content.extend(noun_phrase(noun, verb));
                }
            }
        }
        Some(())
    }

    /// What is said, if the cue hangs beside it: "Iran, officials said, fired …", "as officials noted, …".
    pub(super) fn beside(&self, verb: Token<'a>) -> Option<Token<'a>> {
        let above = verb.head()?;
        let beside = match verb.relation() {
            Relation::Parataxis => true,
            Relation::Advcl => marker(verb).as_deref() == Some("as"),
            _ => false,
        };
        beside.then_some(above)
    }
}
