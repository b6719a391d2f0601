//! Arcs that English does not have, put right: the subject of a reporting verb that stands after what was said.
//!
//! In `“Kenya is targeting civilians,” said the elder` a parser is tempted to hang the elder on `targeting` as a second object,
//! or on the verb of saying as its object. A verb of saying without a subject, right after its quotation, takes it as its subject.
//! In `Rwanda denied that it had sent troops, and accused Kinshasa` the last verb is hung on `sent`, whose `had` it does not share.
//! In `The rebels refused on Thursday to withdraw` and `ignored an appeal to withdraw` the last verb is hung beside what it belongs to.
//! In `said troops, backed by militias, had attacked` the participle between subject and verb is hung on another clause.
//! In `They were freed by police, a state radio reported` whoever told it is hung on what was told.
//! In `President Kumaratunga and rebel leader Prabhakaran` the leader is taken for a title of what stands before the `and`.

use polybius_document::{Relation, TokenData, TokenId, Upos};

use crate::words::Words;

/// Puts the arcs of one sentence right; `first` is the index of its first token in the document.
pub(crate) fn inverted_subjects(text: &str, tokens: &mut [TokenData], first: usize) {
    for verb in 1..tokens.len() {
        if !is_finite_verb(&tokens[verb])
            || tokens[verb].relation == Relation::Conj
            || !closes_speech(text, &tokens[verb - 1])
        {
            continue;
        }
        let head = |token: &TokenData| token.head.map(|head| head.index() - first);
        let has_subject = tokens.iter().any(|token| {
            let subject =
                matches!(token.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::Expl);
            subject && head(token) == Some(verb)
        });
        let says = tokens[..verb].iter().any(|token| {
            matches!(token.relation, Relation::Ccomp | Relation::Parataxis | Relation::Obj) && head(token) == Some(verb)
        });
        if has_subject || !says {
            continue;
        }
        let moved = (verb + 1..tokens.len()).find(|&index| {
            let token = &tokens[index];
            let noun = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron);
            let object = matches!(token.relation, Relation::Obj | Relation::Iobj | Relation::Nsubj);
            noun && object
                && head(token)
                    .is_some_and(|above| above == verb || above < verb && is_below(tokens, first, above, verb))
        });
        if let Some(index) = moved {
            tokens[index].head = Some(TokenId::from(first + verb));
            tokens[index].relation = Relation::Nsubj;
        }
    }
}

/// Hangs a past tense that "and" sets apart on the past tense above the verb it was hung on, where it cannot share that verb's auxiliary:
/// "said they would appeal and accused him", or after a comma "denied that it had sent troops, and accused Kinshasa".
pub(crate) fn coordinated_above(words: &Words, text: &str, tokens: &mut [TokenData], first: usize) {
    for verb in 1..tokens.len() {
        let head = |index: usize| tokens[index].head.and_then(|head| head.index().checked_sub(first));
        let is_past = |index: usize| tokens[index].upos == Upos::Verb && &*tokens[index].xpos == "VBD";
        let children = |of: usize| (0..tokens.len()).filter(move |&index| head(index) == Some(of));
        let (Some(told), true) = (head(verb).filter(|told| *told < verb), is_past(verb)) else { continue };
        let Some(above) = head(told).filter(|&above| is_past(above) && above < told) else { continue };
        let is_word = |index: usize, word: &str| text[tokens[index].span.range()] == *word;
        let had = |index: usize| tokens[index].relation == Relation::Aux && is_word(index, "had");
        let own = |index: usize| {
            matches!(tokens[index].relation, Relation::Nsubj | Relation::NsubjPass | Relation::Aux | Relation::AuxPass)
        };
        let conjunction = children(verb).find(|&index| tokens[index].relation == Relation::Cc && is_word(index, "and"));
        // An accusation is made by whoever denies, comma or no.
        let accuses = words.accusing_verbs.contains(&*tokens[verb].lemma) && conjunction.is_some();
        let comma = accuses || conjunction.is_some_and(|and| and > 0 && is_word(and - 1, ","));
        let apart = match &*tokens[told].xpos {
            "VBN" => tokens[told].relation == Relation::Ccomp && children(told).any(had) && comma,
            "VB" => matches!(tokens[told].relation, Relation::Ccomp | Relation::Xcomp) && conjunction.is_some(),
            _ => false,
        };
        if tokens[verb].relation == Relation::Conj && apart && !children(verb).any(own) {
            tokens[verb].head = Some(TokenId::from(first + above));
        }
    }
}

/// What a conjunction joins to a word before it is its conjunct: so it is in all but 2 of the 1,637 such places in the dev sets of EWT and GUM.
pub(crate) fn conjoined(tokens: &mut [TokenData], first: usize) {
    for conjunction in 0..tokens.len() {
        let head = |index: usize| tokens[index].head.and_then(|head| head.index().checked_sub(first));
        if tokens[conjunction].relation == Relation::Cc
            && let Some(joined) = head(conjunction)
            && let Some(before) = head(joined)
            && before < conjunction
            && conjunction < joined
        {
            tokens[joined].relation = Relation::Conj;
        }
    }
}

/// Makes the first infinitive after a verb that wants one its complement, where the verb has neither object nor complement before it: so it
/// is in 1,302 of 1,307 such places in EWT and GUM, all but 14 of them right after the verb. Hangs one that follows an object that wants
/// it ("an appeal to free them") on the object: so it is in all 45 such places.
pub(crate) fn infinitives(words: &Words, text: &str, tokens: &mut [TokenData], first: usize) {
    for infinitive in 2..tokens.len() {
        let head = |index: usize| tokens[index].head.and_then(|head| head.index().checked_sub(first));
        let children = |of: usize| (0..tokens.len()).filter(move |&index| head(index) == Some(of));
        let relation = |index: usize| tokens[index].relation;
        if relation(infinitive) != Relation::Advcl || &*tokens[infinitive].xpos != "VB" {
            continue;
        }
        let Some(verb) = head(infinitive).filter(|&verb| verb < infinitive) else { continue };
        let to = children(infinitive).find(|&index| relation(index) == Relation::Mark && &*tokens[index].xpos == "TO");
        let Some(to) = to.filter(|&to| to > verb) else { continue };
        let subject =
            children(infinitive).any(|index| matches!(relation(index), Relation::Nsubj | Relation::NsubjPass));
        let full = children(verb).any(|index| {
            matches!(relation(index), Relation::Obj | Relation::Ccomp | Relation::Xcomp | Relation::NsubjPass)
        });
        let apart = tokens[verb + 1..to].iter().any(|token| token.upos == Upos::Punct && !is_quote(text, token));
        if subject || apart {
            continue;
        }
        let object = children(verb).find(|&index| {
            let wants = words.infinitive_nouns.contains(&*tokens[index].lemma);
            let fills = matches!(relation(index), Relation::Obj | Relation::NsubjPass);
            wants && fills && index < to && (index + 1..to).all(|word| is_below(tokens, first, word, index))
        });
        if let Some(object) = object {
            tokens[infinitive].head = Some(TokenId::from(first + object));
            tokens[infinitive].relation = Relation::Acl;
        } else if !full && tokens[verb].upos == Upos::Verb && words.infinitive_verbs.contains(&*tokens[verb].lemma) {
            tokens[infinitive].relation = Relation::Xcomp;
        }
    }
}

/// Hangs a participle that stands between commas after a subject and before its verb on the subject ("troops, backed by militias, had
/// attacked"): so it is in 24 of the 25 such places in EWT and GUM where it is no attribute.
pub(crate) fn participles(text: &str, tokens: &mut [TokenData], first: usize) {
    for participle in 2..tokens.len() {
        let head = |index: usize| tokens[index].head.and_then(|head| head.index().checked_sub(first));
        let is_comma = |index: usize| text[tokens[index].span.range()] == *",";
        let is_participle = &*tokens[participle].xpos == "VBN"
            && matches!(tokens[participle].relation, Relation::Advcl | Relation::Acl)
            && is_comma(participle - 1);
        let own = |index: usize| {
            let relation = tokens[index].relation;
            head(index) == Some(participle)
                && matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::Aux | Relation::AuxPass)
        };
        if !is_participle || (0..tokens.len()).any(own) {
            continue;
        }
        let subject = (0..participle - 1).find(|&index| {
            let verb = head(index).filter(|&verb| verb > participle && (participle + 1..verb).any(is_comma));
            matches!(tokens[index].relation, Relation::Nsubj | Relation::NsubjPass)
                && verb.is_some()
                && (index + 1..participle - 1).all(|word| is_below(tokens, first, word, index))
        });
        if let Some(subject) = subject {
            tokens[participle].head = Some(TokenId::from(first + subject));
            tokens[participle].relation = Relation::Acl;
        }
    }
}

/// A name behind a noun and a comma that no conjunction joins stands beside it: "the guard's spokesman, Jay Tarriela,". Nothing has two subjects.
pub(crate) fn names_beside(text: &str, tokens: &mut [TokenData], first: usize) {
    for name in 2..tokens.len() {
        let head = |index: usize| tokens[index].head.and_then(|head| head.index().checked_sub(first));
        let relation = |index: usize| tokens[index].relation;
        let noun = name - 2;
        let behind = tokens[noun].upos == Upos::Noun && text[tokens[name - 1].span.range()] == *",";
        let joined = |index: usize| match relation(index) {
            Relation::Conj => head(index) == Some(noun),
            Relation::Cc => head(index).is_some_and(|above| above == name || above == noun),
            _ => false,
        };
        let conjunct = || (0..tokens.len()).filter(|&index| joined(index)).eq([name]);
        let is_subject = |index: usize| matches!(relation(index), Relation::Nsubj | Relation::NsubjPass);
        let subject = || is_subject(name) && is_subject(noun) && head(name) == head(noun);
        if tokens[name].upos == Upos::Propn && behind && (conjunct() || subject()) {
            tokens[name].head = Some(TokenId::from(first + noun));
            tokens[name].relation = Relation::Appos;
        }
    }
}

/// Whoever stands between the last comma and a verb of saying that ends the sentence is its subject: "and revoked the licence, diplomats and
/// campaigners said", "freed by police, state radio reported".
pub(crate) fn closing_speakers(words: &Words, text: &str, tokens: &mut [TokenData], first: usize) {
    let is_word = |token: &TokenData| token.upos != Upos::Punct;
    let Some(verb) = tokens.iter().rposition(is_word) else { return };
    if !is_finite_verb(&tokens[verb]) || !words.closing_verbs.contains(&*tokens[verb].lemma) {
        return;
    }
    let Some(comma) = tokens[..verb].iter().rposition(|token| text[token.span.range()] == *",") else { return };
    let head = |index: usize| tokens[index].head.and_then(|head| head.index().checked_sub(first));
    let speaker = comma + 1..verb;
    let nominal = tokens[speaker.clone()].iter().all(|token| {
        !matches!(token.upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Adv | Upos::Pron | Upos::Intj)
            || &*token.xpos == "VBN"
            || &*token.xpos == "VBG"
    });
    let mut tops = speaker.clone().filter(|&index| head(index).is_none_or(|above| !speaker.contains(&above)));
    let (Some(top), None) = (tops.next(), tops.next()) else { return };
    let is_noun = matches!(tokens[top].upos, Upos::Noun | Upos::Propn);
    let is_subject = head(top) == Some(verb) && tokens[top].relation == Relation::Nsubj;
    // What was told before the comma, with a verb of its own.
    let told = tokens[..comma].iter().any(is_finite);
    if nominal && is_noun && !is_subject && told && head(verb).is_none_or(|above| !speaker.contains(&above)) {
        tokens[top].head = Some(TokenId::from(first + verb));
        tokens[top].relation = Relation::Nsubj;
    }
}

/// A verb of the past or the present, or what helps one.
fn is_finite(token: &TokenData) -> bool {
    matches!(token.upos, Upos::Verb | Upos::Aux) && matches!(&*token.xpos, "VBD" | "VBZ" | "VBP" | "MD")
}

fn is_quote(text: &str, token: &TokenData) -> bool {
    matches!(&text[token.span.range()], "“" | "”" | "\"" | "''" | "``")
}

fn is_finite_verb(token: &TokenData) -> bool {
    token.upos == Upos::Verb && matches!(&*token.xpos, "VBD" | "VBZ" | "VBP")
}

/// A comma or a closing quotation mark.
fn closes_speech(text: &str, token: &TokenData) -> bool {
    matches!(&text[token.span.range()], "," | "”" | "\"" | "''" | "’" | "'" | "»")
}

fn is_below(tokens: &[TokenData], first: usize, mut at: usize, top: usize) -> bool {
    for _ in 0..tokens.len() {
        if at == top {
            return true;
        }
        match tokens[at].head {
            Some(head) => at = head.index() - first,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::words::Words;
    use polybius_document::from_conllu;
    use polybius_document::{Relation, TokenData, TokenId};

    /// Repairs a tree written as `form UPOS XPOS head relation`, each form its own lemma, and compares the heads and relations that changed.
    fn check(rows: &str, expected: &[(usize, Option<u32>, Relation)]) {
        let conllu: String = rows.split("; ").enumerate().fold(String::new(), |all, (index, row)| {
            let c: Vec<&str> = row.split(' ').collect();
            let (form, lemma) = (c[0], c[0].to_lowercase());
            all + &format!("{}\t{form}\t{lemma}\t{}\t{}\t_\t{}\t{}\t_\t_\n", index + 1, c[1], c[2], c[3], c[4])
        });
        let document = from_conllu("test", &conllu).expect("a tree");
        let mut tokens: Vec<TokenData> =
            (0..document.n_tokens()).map(|index| document.token(TokenId::from(index)).data().clone()).collect();
        let before = tokens.clone();
        let words = Words {
            infinitive_verbs: ["refused".to_owned()].into(),
            infinitive_nouns: ["appeal".to_owned()].into(),
            accusing_verbs: ["accused".to_owned()].into(),
            closing_verbs: ["reported".to_owned()].into(),
            ..Words::default()
        };
        super::inverted_subjects(&document.article().text, &mut tokens, 0);
        super::coordinated_above(&words, &document.article().text, &mut tokens, 0);
        super::conjoined(&mut tokens, 0);
        super::infinitives(&words, &document.article().text, &mut tokens, 0);
        super::participles(&document.article().text, &mut tokens, 0);
        super::names_beside(&document.article().text, &mut tokens, 0);
        super::closing_speakers(&words, &document.article().text, &mut tokens, 0);
        let changed = tokens
            .iter()
            .zip(&before)
            .enumerate()
            .filter(|(_, (after, before))| after.head != before.head || after.relation != before.relation);
        let found: Vec<_> =
            changed.map(|(index, (after, _))| (index + 1, after.head.map(|head| head.0 + 1), after.relation)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn moves_the_speaker_only() {
        let inverted = "“ PUNCT `` 3 punct; Kenya PROPN NNP 3 nsubj; targets VERB VBZ 7 ccomp; civilians NOUN NNS 3 obj; \
                        , PUNCT , 3 punct; ” PUNCT '' 3 punct; said VERB VBD 0 root; elders NOUN NNS 3 obj; . PUNCT . 7 punct";
        check(inverted, &[(8, Some(7), Relation::Nsubj)]);
        check(&inverted.replace("NNS 3 obj; .", "NNS 7 nsubj; ."), &[]);
        check(
            "He PRON PRP 2 nsubj; left VERB VBD 0 root; , PUNCT , 4 punct; told VERB VBD 2 conj; reporters NOUN NNS 4 obj",
            &[],
        );
    }

    #[test]
    fn what_was_done_would_not_be() {
        let would = "They PRON PRP 2 nsubj; said VERB VBD 0 root; they PRON PRP 5 nsubj; would AUX MD 5 aux; appeal VERB VB 2 ccomp; \
                     and CCONJ CC 7 cc; accused VERB VBD 5 conj; him PRON PRP 7 obj";
        check(would, &[(7, Some(2), Relation::Conj)]);
        check(&would.replace("accused VERB VBD", "accuse VERB VB"), &[]);
    }

    #[test]
    fn who_is_backed_attacks() {
        let backed = "It PRON PRP 2 nsubj; said VERB VBD 0 root; troops NOUN NNS 10 nsubj; , PUNCT , 5 punct; backed VERB VBN 2 advcl; \
                      by ADP IN 7 case; militias NOUN NNS 5 obl:agent; , PUNCT , 5 punct; had AUX VBD 10 aux; attacked VERB VBN 2 ccomp; \
                      . PUNCT . 2 punct";
        check(backed, &[(5, Some(3), Relation::Acl)]);
        check(
            &backed.replace(
                "militias NOUN NNS 5 obl:agent; , PUNCT , 5 punct",
                "militias NOUN NNS 5 obl:agent; yet ADV RB 10 advmod",
            ),
            &[],
        );
        check(&backed.replace("had AUX VBD 10 aux", "had AUX VBD 5 aux"), &[]);
    }

    #[test]
    fn a_name_beside_a_noun_is_no_other() {
        let beside = "A DET DT 2 det; spokesman NOUN NN 6 nsubj; , PUNCT , 2 punct; Jay PROPN NNP 2 conj; , PUNCT , 2 punct; \
                      left VERB VBD 0 root";
        check(beside, &[(4, Some(2), Relation::Appos)]);
        check(&beside.replace(", PUNCT , 2 punct; left", "and CCONJ CC 4 cc; left"), &[]);
        check(&beside.replace("Jay PROPN", "wives NOUN"), &[]);
        check(&beside.replace("NNP 2 conj", "NNP 6 nsubj"), &[(4, Some(2), Relation::Appos)]);
    }

    #[test]
    fn who_told_it_did_not_do_it() {
        let reported = "Rebels NOUN NNS 3 nsubj:pass; were AUX VBD 3 aux:pass; freed VERB VBN 9 ccomp; by ADP IN 5 case; \
                        police NOUN NNS 3 obl:agent; , PUNCT , 8 punct; state NOUN NN 8 compound; radio NOUN NN 5 appos; \
                        reported VERB VBD 0 root; . PUNCT . 9 punct";
        check(reported, &[(8, Some(9), Relation::Nsubj)]);
        check(&reported.replace("state NOUN NN 8 compound", "it PRON PRP 8 nsubj"), &[]);
        check(&reported.replace("state NOUN NN 8 compound", "state NOUN NN 5 appos"), &[]);
        check(
            &reported.replace("were AUX VBD 3 aux:pass; freed VERB VBN", "and CCONJ CC 3 cc; deserters NOUN NNS"),
            &[],
        );
    }

    #[test]
    fn what_is_refused_is_a_complement() {
        let refused = "Rebels NOUN NNS 2 nsubj; refused VERB VBD 0 root; on ADP IN 4 case; Thursday PROPN NNP 2 obl; to PART TO 6 mark; \
                       withdraw VERB VB 2 advcl; . PUNCT . 2 punct";
        check(refused, &[(6, Some(2), Relation::Xcomp)]);
        check(&refused.replace("NNP 2 obl", "NNP 2 obj"), &[]);
        check(&refused.replace("on ADP IN 4 case", ", PUNCT , 4 punct"), &[]);
        let ignored = "Rebels NOUN NNS 2 nsubj; ignored VERB VBD 0 root; an DET DT 4 det; appeal NOUN NN 2 obj; to PART TO 6 mark; \
                       withdraw VERB VB 2 advcl; . PUNCT . 2 punct";
        check(ignored, &[(6, Some(4), Relation::Acl)]);
        check(&ignored.replace("an DET DT 4 det", "an DET DT 2 dep").replace("NN 2 obj", "NN 2 obl"), &[]);
    }

    #[test]
    fn what_is_joined_is_a_conjunct() {
        let joined = "Ranil PROPN NNP 6 nsubj; and CCONJ CC 3 cc; leader NOUN NN 1 appos; Prabhakaran PROPN NNP 3 flat; have AUX VBP 6 aux; \
                      signed VERB VBN 0 root; it PRON PRP 6 obj";
        check(joined, &[(3, Some(1), Relation::Conj)]);
        check(&joined.replace("CC 3 cc", "CC 6 cc"), &[]);
    }

    #[test]
    fn what_is_done_is_not_denied() {
        let denied = "Rwanda PROPN NNP 2 nsubj; denied VERB VBD 0 root; that SCONJ IN 6 mark; it PRON PRP 6 nsubj; had AUX VBD 6 aux; \
                      sent VERB VBN 2 ccomp; troops NOUN NNS 6 obj; , PUNCT , 10 punct; and CCONJ CC 10 cc; accused VERB VBD 6 conj; \
                      Kinshasa PROPN NNP 10 obj; . PUNCT . 2 punct";
        check(denied, &[(10, Some(2), Relation::Conj)]);
        check(&denied.replace("accused VERB VBD", "killed VERB VBN"), &[]);
        let no_comma = denied.replace(", PUNCT , 10 punct", "early ADV RB 6 advmod");
        check(&no_comma, &[(10, Some(2), Relation::Conj)]);
        check(&no_comma.replace("accused VERB", "left VERB"), &[]);
        check(&denied.replace("had AUX VBD 6 aux", "never ADV RB 6 advmod"), &[]);
    }
}
