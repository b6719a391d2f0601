//! Pronouns: in speech its speaker, of themselves the subject, else what the chain holds, or the last that agrees.

use polybius_codebook::{Kind, RoleKind};
use polybius_document::{Chain, Mention, MentionKind, Relation, SentenceId, Token, TokenId, Upos};

use crate::participants::{MOST_MENTIONS, Resolver, Side};
use crate::phrases::{antecedent, counted, in_set, is_relative, lower_lemma, preposition};
use crate::{Participant, ResolvedBy};

/// How likely a link must be to be taken for itself; chains below it come last.
const LIKELY: f32 = 0.5;
/// How likely for a person: next to nobody is meant by "he" but somebody named.
const PERSONAL: f32 = 0.3;
/// How likely it must be where the phrase often names nobody.
pub(crate) const SURE: f32 = 0.6;

impl Resolver<'_> {
    pub(crate) fn pronoun(&self, token: Token<'_>, side: Side, depth: u8) -> Option<Participant> {
        // "nobody".
        if matches!(token.feature("PronType"), Some("Neg" | "Ind")) {
            return None;
        }
        let named = if is_relative(token) {
            return self.resolve_within(antecedent(token)?.id, side, depth);
        } else if token.feature("Person") == Some("1") {
            let speaker = self.spoken_for(self.quotes?.speaker_at(token.id)?.clone(), token);
            return Some(self.in_place_of(speaker, ResolvedBy::Speaker, token));
        } else if is_reflexive(token) {
            self.resolve_within(subjects_above(token).next()?, side, depth)
        } else if token.relation() == Relation::Obj && token.feature("Number") == Some("Plur") {
            // "beating migrants and expelling them": as an object, "them" is likelier the object before than the subject of all.
            self.by_salience(token, depth).or_else(|| self.by_chain(token, 0.0, depth))
        } else if is_neuter(token) && !token.xpos().ends_with('$') {
            // "called it treason", "it was too early": mostly no actor, and as an object what was said or done.
            let named = token.relation() != Relation::Obj;
            // "voted for it": beside a verb it is mostly what was said or done as well.
            let beside = token.relation() == Relation::Obl
                && preposition(token).is_some_and(|word| matches!(word.as_str(), "for" | "about" | "of" | "to" | "in"));
            let by_chain = || self.by_chain(token, if beside { SURE } else { LIKELY }, depth);
            self.saying(token, depth)
                .or_else(by_chain)
                .or_else(|| if beside { None } else { self.acting_above(token, depth) })
                .filter(|_| named)
        } else {
            let speaker = self.saying(token, depth).or_else(|| self.listed_with(token, depth));
            let speaker = speaker.or_else(|| self.owner_by_clause(token, depth));
            let speaker = speaker.or_else(|| self.woman_before(token));
            let likely = || self.by_chain(token, PERSONAL, depth);
            speaker
                .or_else(|| self.by_chain(token, SURE, depth))
                .or_else(|| self.telling(token, depth))
                .or_else(likely)
                .or_else(|| self.by_salience(token, depth))
                .or_else(|| self.by_chain(token, 0.0, depth))
        }?;
        Some(self.in_place_of(named, ResolvedBy::Pronoun, token))
    }

    /// Whom a pronoun means, where it stands, with the place where they are named.
    fn in_place_of(&self, named: Participant, resolved_by: ResolvedBy, token: Token<'_>) -> Participant {
        let meant = named.meant.or(Some((named.span, named.head)));
        Participant { resolved_by, meant, ..self.at(named, token) }
    }

    /// Whom "we" means in somebody's mouth: of an official, the state.
    fn spoken_for(&self, speaker: Participant, token: Token<'_>) -> Participant {
        let speaks_for_it = self.is_official(&speaker) && token.feature("Number") == Some("Plur");
        let country = speaker.country.as_deref().filter(|_| speaks_for_it);
        let state =
            country.and_then(|country| self.of_country(country, speaker.span, speaker.head, ResolvedBy::Speaker));
        state.unwrap_or(speaker)
    }

    /// "A miner said he had found it": whoever says what the pronoun, or what it owns, is the subject of.
    fn saying(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        // "denied that its army had crossed": or of what it owns.
        let subject = token.head().filter(|_| token.relation() == Relation::NmodPoss).unwrap_or(token);
        let clause = subject.head().filter(|_| matches!(subject.relation(), Relation::Nsubj | Relation::NsubjPass))?;
        let verb = clause.head().filter(|_| clause.relation() == Relation::Ccomp)?;
        self.codebook.cues.speech_verb(&lower_lemma(verb))?;
        let subject = |verb: Token<'_>| verb.children_by(Relation::Nsubj).next().map(|subject| subject.id);
        // "withdrew and said it would fight on".
        let shared = || verb.head().filter(|_| verb.relation() == Relation::Conj).and_then(subject);
        let speaker = self.document.token(subject(verb).or_else(shared)?);
        self.resolve_within(speaker.id, Side::Actor, depth).filter(|one| self.agrees(one, token))
    }

    /// "Netanyahu and his minister": the person before in the list, whose the next one is.
    fn listed_with(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let owned = token.head().filter(|owned| {
            token.relation() == Relation::NmodPoss
                && token.feature("Gender").is_some()
                && owned.relation() == Relation::Conj
        })?;
        let first = owned.head()?;
        let before = crate::phrases::conjuncts(first).into_iter().take_while(|other| other.id < token.id).last()?;
        let named = self.resolve_within(before.id, Side::Actor, depth)?;
        (self.is_somebody(&named) && self.may_be(&named, token)).then_some(named)
    }

    /// "Sinn Féin would consult its members", "the king, who had buried his mother": what somebody does to what is theirs.
    fn owner_by_clause(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let owned = token
            .head()
            .filter(|_| token.relation() == Relation::NmodPoss && token.feature("Number") != Some("Plur"))?;
        let verb = owned.head().filter(|_| matches!(owned.relation(), Relation::Obj | Relation::Obl))?;
        let subject = verb.children_by(Relation::Nsubj).next().filter(|subject| subject.id < token.id)?;
        if !is_neuter(token) && !is_relative(subject) {
            return None;
        }
        let named = self.resolve_within(subject.id, Side::Actor, depth)?;
        self.agrees(&named, token).then_some(named)
    }

    /// "A trader said jihadists held his village": the one who says it, where what is said names no other person before.
    fn telling(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        if token.relation() != Relation::NmodPoss || token.feature("Gender").is_none() {
            return None;
        }
        let mut above = std::iter::successors(token.head(), |word| word.head());
        let clause = above.find(|word| word.relation() == Relation::Ccomp)?;
        let verb = clause.head()?;
        self.codebook.cues.speech_verb(&lower_lemma(verb))?;
        let speaker = verb.children_by(Relation::Nsubj).next()?;
        let named = self.resolve_within(speaker.id, Side::Actor, depth)?;
        let between = self.names.before(token.id).take_while(|name| name.tokens.start > speaker.id.max(verb.id));
        let other = |name: &crate::names::NameMatch| match self.known(name, self.document.token(name.tokens.start)) {
            Some(one) => self.is_somebody(&one),
            None => name.mention == Some(MentionKind::Person),
        };
        let alone = !between.into_iter().any(other);
        (alone && self.is_somebody(&named) && self.may_be(&named, token)).then_some(named)
    }

    /// Whether it is one person, of a name or not.
    fn is_somebody(&self, one: &Participant) -> bool {
        one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person) || self.is_one_person(one)
    }

    /// The last woman that the text named within reach.
    fn woman_before(&self, token: Token<'_>) -> Option<Participant> {
        if token.feature("Gender") != Some("Fem") {
            return None;
        }
        let described = |one: &Participant| one.entity.is_none() && one.resolved_by == ResolvedBy::RoleNoun;
        let chained = self.by_chain(token, SURE, 2).filter(described);
        let names = self.recent(token.id).filter_map(|name| self.known(name, self.document.token(name.tokens.start)));
        chained.or_else(|| names.into_iter().find(|one| self.is_woman(one)))
    }

    pub(crate) fn is_woman(&self, one: &Participant) -> bool {
        self.has_first_name(one, "women")
    }

    fn has_first_name(&self, one: &Participant, set: &str) -> bool {
        in_set(self.codebook, set, &one.name.split(' ').next().unwrap_or_default().to_lowercase())
    }

    /// Whether somebody whom the text names for sure agrees with a pronoun.
    fn agrees(&self, one: &Participant, token: Token<'_>) -> bool {
        let kind = one.entity.map(|entity| self.kind_of(entity));
        let person = kind == Some(Kind::Person) || self.is_one_person(one);
        let many = self.document.token(one.head).feature("Number") == Some("Plur") && !person;
        match token.feature("Number") {
            Some("Plur") => many,
            _ if is_neuter(token) => !person && kind.is_some(),
            _ => person && self.may_be(one, token),
        }
    }

    /// "Kinshasa did not say whether it would go": the state or body that acts in a clause above.
    fn acting_above(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        // "Its guard fired at it": it is not who fires.
        let own = token.head().filter(|_| is_object(token));
        let own = own.and_then(|clause| clause.children_by(Relation::Nsubj).next()).map(|subject| subject.id);
        let above = subjects_above(token).filter(|&subject| subject < token.id && Some(subject) != own);
        let mut named = above.filter_map(|subject| self.resolve_within(subject, Side::Actor, depth));
        named.find(|one| one.entity.is_some_and(|entity| !matches!(self.kind_of(entity), Kind::Person | Kind::Outlet)))
    }

    /// "Mali and Burkina Faso … they", "both sides … themselves": everybody whom a plural pronoun takes up together.
    pub(crate) fn group(&self, token: Token<'_>, side: Side) -> Vec<Participant> {
        if token.upos() != Upos::Pron && token.xpos() != "PRP$" || token.feature("Number") != Some("Plur") {
            return Vec::new();
        }
        let heads: Vec<TokenId> = if is_reflexive(token) {
            subjects_above(token).take(1).collect()
        } else {
            let chain = self.document.chain_at(token.id).into_iter();
            let mentions = chain.flat_map(|chain| self.mentions_near(chain, token.id));
            let before =
                mentions.filter(|mention| mention.tokens.end <= token.id && mention.kind != MentionKind::Pronoun);
            let Some(last) = before.last() else { return Vec::new() };
            let head = self.document.token(self.document.head_of(last));
            match last.kind {
                MentionKind::Group => crate::phrases::conjuncts(head).into_iter().map(|head| head.id).collect(),
                _ => vec![head.id],
            }
        };
        let named: Vec<Participant> = heads
            .into_iter()
            .filter(|&head| self.document.token(head).upos() != Upos::Pron)
            .flat_map(|head| self.resolve_all(head, side))
            .map(|one| self.in_place_of(one, ResolvedBy::Pronoun, token))
            .collect();
        if named.len() > 1 { named } else { Vec::new() }
    }

    /// What the chain of the phrase that `token` heads names, the nearest before it first, if the chain holds it with at least
    /// this probability.
    pub(crate) fn by_chain(&self, token: Token<'_>, at_least: f32, depth: u8) -> Option<Participant> {
        let chain = self.document.chain_at(token.id)?;
        let mentions = || self.mentions_near(chain, token.id);
        let own = mentions().find(|mention| !mention.kind.is_name() && self.document.head_of(mention) == token.id);
        if own.is_some_and(|own| own.score < at_least) {
            return None;
        }
        let named = mentions().filter(|other| !is_reference(other));
        let others = self.cannot_be(token);
        let heads = named.map(|other| self.document.head_of(other));
        let heads = heads.filter(|&head| head != token.id && !self.is_among(head, &others) && !self.says(token, head));
        let (mut before, after): (Vec<TokenId>, Vec<TokenId>) = heads.partition(|&head| head < token.id);
        before.reverse();
        let mut found =
            before.into_iter().chain(after).filter_map(|head| self.resolve_within(head, Side::Actor, depth));
        found.find(|one| token.upos() == Upos::Noun || self.may_be(one, token))
    }

    /// "“No soldier of ours has left,” he told reporters": whether `token` says the quotation in its sentence in which `word` stands.
    fn says(&self, token: Token<'_>, word: TokenId) -> bool {
        let verb = token.head().filter(|_| token.relation() == Relation::Nsubj);
        let speaks = verb.is_some_and(|verb| self.codebook.cues.speech_verb(&lower_lemma(verb)).is_some());
        let same = self.document.sentence_of(word) == self.document.sentence_of(token.id);
        speaks && same && self.is_quoted(word) && !self.is_quoted(token.id)
    }

    /// The mentions of `chain` around `token`, in text order.
    pub(crate) fn mentions_near<'c>(
        &'c self,
        chain: &'c Chain,
        token: TokenId,
    ) -> impl DoubleEndedIterator<Item = &'c Mention> {
        let here = chain.mentions.partition_point(|&mention| self.document.mention(mention).tokens.start < token);
        let near = here.saturating_sub(MOST_MENTIONS)..chain.mentions.len().min(here + MOST_MENTIONS);
        chain.mentions[near].iter().map(|&mention| self.document.mention(mention))
    }

    /// Whether a pronoun agrees with whom it may mean. Only whose first names the codebook lists is known to be a woman or a man.
    fn may_be(&self, one: &Participant, token: Token<'_>) -> bool {
        let kind = one.entity.map(|entity| self.kind_of(entity));
        let person = kind == Some(Kind::Person) || self.is_one_person(one);
        // "We forced him to sign": whoever speaks is "I" to himself.
        let speaker = self.quotes.and_then(|quotes| quotes.speaker_at(token.id));
        let speaks = kind == Some(Kind::Person) && speaker.is_some_and(|speaker| speaker.entity == one.entity);
        match token.feature("Gender") {
            Some(_) if speaks => false,
            _ if token.feature("Number") == Some("Plur") => kind != Some(Kind::Person),
            Some("Masc") => !self.is_woman(one) && (person || kind.is_none()),
            Some("Fem") => !self.has_first_name(one, "men") && (person || kind.is_none()),
            _ => !person,
        }
    }

    /// Whom a pronoun means that no chain holds: in speech its speaker, else the subject of the clause or sentence before.
    pub(crate) fn by_salience(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let plural = token.feature("Number") == Some("Plur");
        if token.feature("Person") != Some("3") && !plural {
            return None;
        }
        let is_many = |word: TokenId| self.document.token(word).feature("Number") == Some("Plur");
        let fits = |&(word, ref one): &(TokenId, Participant)| {
            let kind = one.entity.map(|entity| self.kind_of(entity));
            let person = kind == Some(Kind::Person) || self.is_one_person(one);
            // "The members of the Security Council … they".
            let many = is_many(word) || is_many(one.head) || kind == Some(Kind::Group);
            match (plural, is_neuter(token)) {
                (true, _) => many && !person,
                (false, true) => kind.is_some() && kind != Some(Kind::Person),
                (false, false) => person && self.may_be(one, token),
            }
        };
        let subjects = self.subjects_before(token).into_iter();
        let mut named = subjects.filter(|&subject| !self.says(token, subject)).filter_map(|subject| {
            let meant = counted(self.document.token(subject), self.codebook).map_or(subject, |inner| inner.id);
            Some((subject, self.resolve_within(meant, Side::Actor, depth)?))
        });
        let found = named.find(fits).map(|(_, one)| one);
        found.or_else(|| self.same_pronoun_before(token, depth))
    }

    /// "They … . They …": sentences that begin with the same pronoun go on about the same.
    fn same_pronoun_before(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let here = self.document.sentence_of(token.id);
        let subject = |sentence: SentenceId| {
            let mut tokens = self.document.tokens(self.document.sentence(sentence).tokens.clone());
            tokens.find(|word| {
                word.relation() == Relation::Nsubj && word.head().is_some_and(|verb| verb.head().is_none())
            })
        };
        let before = subject(SentenceId(here.0.checked_sub(1)?))?;
        let same = subject(here)?.id == token.id && before.upos() == Upos::Pron && before.lemma() == token.lemma();
        same.then(|| self.resolve_within(before.id, Side::Actor, depth)).flatten()
    }

    /// The grammatical subjects and objects before `token`: those of the clauses above it first, then of its sentence, then of the one before.
    fn subjects_before(&self, token: Token<'_>) -> Vec<TokenId> {
        let argument = |relation: Relation| matches!(relation, Relation::Nsubj | Relation::NsubjPass);
        let mut found: Vec<TokenId> = Vec::new();
        let above = std::iter::successors(token.head(), |token| token.head()).skip(1);
        for clause in above {
            found.extend(
                clause
                    .children()
                    .filter(|child| argument(child.relation()) && child.id < token.id)
                    .map(|child| child.id),
            );
        }
        let here = self.document.sentence_of(token.id);
        let earlier = here.0.checked_sub(1).map(SentenceId);
        // An object in the same sentence is likelier meant by another object: "beating migrants and expelling them".
        if !argument(token.relation()) {
            let tokens = self.document.sentence(here).tokens.clone();
            let objects =
                self.document.tokens(tokens).filter(|other| other.id < token.id && other.relation() == Relation::Obj);
            let objects: Vec<TokenId> = objects.map(|other| other.id).collect();
            found.splice(0..0, objects.into_iter().rev());
        }
        // "was booed by workers": whoever did what was done.
        let mut agents: Vec<TokenId> = Vec::new();
        for sentence in [Some(here), earlier].into_iter().flatten() {
            let tokens = self.document.sentence(sentence).tokens.clone();
            let all: Vec<Token<'_>> = self.document.tokens(tokens).filter(|other| other.id < token.id).collect();
            found.extend(all.iter().filter(|other| argument(other.relation())).map(|other| other.id));
            found.extend(all.iter().filter(|other| other.relation() == Relation::Obj).map(|other| other.id));
            let by =
                |other: &&Token<'_>| other.relation() == Relation::Obl && preposition(**other).as_deref() == Some("by");
            agents.extend(all.iter().filter(by).map(|other| other.id));
        }
        found.extend(agents);
        let others = self.cannot_be(token);
        found.retain(|&other| {
            other != token.id && self.document.token(other).upos() != Upos::Pron && !self.is_among(other, &others)
        });
        found
    }

    /// Whom a pronoun does not mean: "Kohl told him" is not Kohl, nor "Nazarbayev, his predecessor" Nazarbayev's.
    pub(crate) fn cannot_be(&self, token: Token<'_>) -> Vec<TokenId> {
        let clause = token.head().filter(|_| is_object(token));
        let subject = clause.and_then(|clause| {
            let mut subjects = clause.children();
            subjects.find(|child| matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass))
        });
        let owned = token.head().filter(|_| token.relation() == Relation::NmodPoss);
        let described = owned.and_then(|owned| owned.head().filter(|_| owned.relation() == Relation::Appos));
        let names = owned.into_iter().flat_map(|owned| owned.children_by(Relation::Appos));
        subject.into_iter().chain(described).chain(names).map(|other| other.id).collect()
    }

    /// Whether the word is one of these, or of the same name as one.
    pub(crate) fn is_among(&self, word: TokenId, others: &[TokenId]) -> bool {
        let name = self.names.over(word);
        others.iter().any(|&other| other == word || name.is_some_and(|name| name.tokens.contains(&other)))
    }

    fn is_one_person(&self, participant: &Participant) -> bool {
        let head = self.document.token(participant.head);
        let lemma = lower_lemma(head);
        let bystander = || self.codebook.roles.bystander(&[&lemma]);
        let role = self.codebook.roles.get(&lemma).or_else(bystander);
        let named = participant.entity.is_none()
            && self.names.over(participant.head).is_some_and(|name| name.mention == Some(MentionKind::Person));
        let one = |role: &polybius_codebook::Role| match role.kind {
            RoleKind::Person | RoleKind::Bystander => true,
            RoleKind::People => !in_set(self.codebook, "crowd", &lemma),
            RoleKind::Body => false,
        };
        let noun = role.is_some_and(one) && head.feature("Number") != Some("Plur");
        named || noun
    }
}

/// "it", "its".
fn is_neuter(token: Token<'_>) -> bool {
    matches!(token.lemma(), "it" | "its")
}

/// "himself".
fn is_reflexive(token: Token<'_>) -> bool {
    let text = token.text();
    text.ends_with("self") || text.ends_with("selves")
}

/// Whether the pronoun stands beside the subject of its clause and so cannot be it.
fn is_object(token: Token<'_>) -> bool {
    matches!(token.relation(), Relation::Obj | Relation::Iobj | Relation::Obl) && !is_reflexive(token)
}

/// The subjects of the clauses in which `token` stands, the innermost first, but not of one that its own is only set beside.
pub(crate) fn subjects_above<'d>(token: Token<'d>) -> impl Iterator<Item = TokenId> {
    let up = |token: Token<'d>| token.head().filter(|_| token.relation() != Relation::Parataxis);
    let above = std::iter::successors(up(token), move |token| up(*token));
    let subjects = above.flat_map(|clause| {
        clause.children().filter(|child| matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass))
    });
    subjects.filter(move |subject| !subject.governs(token.id)).map(|subject| subject.id)
}

/// Whether a mention only refers to what others of its chain name.
fn is_reference(mention: &Mention) -> bool {
    matches!(mention.kind, MentionKind::Pronoun | MentionKind::Group)
}
