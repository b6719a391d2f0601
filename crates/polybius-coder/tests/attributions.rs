//! Attributions with their spans, from trees alone.

mod spans;
mod trees;

use spans::check;

#[test]
fn a_clause_that_is_said() {
    check(
        "Officials official NOUN NNS 2 nsubj
         said say VERB VBD 0 root
         troops troops NOUN NNS 4 nsubj
         left leave VERB VBD 2 ccomp
         Mekelle Mekelle PROPN NNP 4 obj
         . . PUNCT . 2 punct",
        &["Officials | said | troops left Mekelle"],
    );
}

#[test]
fn a_speaker_in_the_middle() {
    check(
        "Iran Iran PROPN NNP 6 nsubj
         , , PUNCT , 4 punct
         officials official NOUN NNS 4 nsubj
         said say VERB VBD 6 parataxis
         , , PUNCT , 4 punct
         fired fire VERB VBD 0 root
         missiles missile NOUN NNS 6 obj",
        &["officials | said | Iran … fired missiles"],
    );
}

#[test]
fn a_source_that_is_named_first() {
    check(
        "According accord VERB VBG 3 case
         to to ADP IN 1 fixed
         Israel Israel PROPN NNP 6 obl
         , , PUNCT , 6 punct
         troops troops NOUN NNS 6 nsubj
         left leave VERB VBD 0 root",
        &["Israel | According to | troops left"],
    );
}

#[test]
fn a_quotation_of_two_parts_is_one() {
    check(
        "\" \" PUNCT `` 5 punct
         They they PRON PRP 5 nsubj
         have have AUX VBP 5 aux
         all all ADV RB 5 advmod
         left leave VERB VBN 9 ccomp
         , , PUNCT , 5 punct
         \" \" PUNCT '' 5 punct
         Iran Iran PROPN NNP 9 nsubj
         said say VERB VBD 0 root
         , , PUNCT , 9 punct
         \" \" PUNCT `` 15 punct
         and and CCONJ CC 15 cc
         they they PRON PRP 15 nsubj
         will will AUX MD 15 aux
         return return VERB VB 9 conj
         . . PUNCT . 9 punct
         \" \" PUNCT '' 9 punct",
        &["Iran | said | \" They have all left , \" … \" and they will return . \""],
    );
}

#[test]
fn a_wish_is_an_attitude_with_its_negation() {
    check(
        "Chad Chad PROPN NNP 4 nsubj
         does do AUX VBZ 4 aux
         not not PART RB 4 advmod
         want want VERB VB 0 root
         to to PART TO 6 mark
         leave leave VERB VB 4 xcomp
         Libya Libya PROPN NNP 6 obj",
        &["Chad | does not want | to leave Libya"],
    );
}

#[test]
fn a_verb_with_its_preposition() {
    check(
        "Chad Chad PROPN NNP 2 nsubj
         called call VERB VBD 0 root
         for for ADP IN 4 case
         talks talk NOUN NNS 2 obl
         with with ADP IN 6 case
         Libya Libya PROPN NNP 4 nmod",
        &["Chad | called for | talks with Libya"],
    );
}

#[test]
fn an_expectation_of_nobody_named() {
    check(
        "Troops troops NOUN NNS 3 nsubj:pass
         are be AUX VBP 3 aux:pass
         expected expect VERB VBN 0 root
         to to PART TO 5 mark
         leave leave VERB VB 3 xcomp",
        &[" | are expected | Troops … to leave"],
    );
}

#[test]
fn a_claim_of_an_owner() {
    check(
        "Sudan Sudan PROPN NNP 3 nmod:poss
         's 's PART POS 1 case
         claim claim NOUN NN 8 nsubj
         that that SCONJ IN 6 mark
         it it PRON PRP 6 nsubj
         won win VERB VBD 3 acl
         is be AUX VBZ 8 cop
         old old ADJ JJ 0 root",
        &["Sudan 's | claim | that it won"],
    );
}

#[test]
fn what_is_told_to_somebody() {
    check(
        "She she PRON PRP 2 nsubj
         told tell VERB VBD 0 root
         reporters reporter NOUN NNS 2 iobj
         that that SCONJ IN 6 mark
         troops troops NOUN NNS 6 nsubj
         left leave VERB VBD 2 ccomp",
        &["She | told | that troops left"],
    );
}

#[test]
fn an_aside_is_the_outlets_own() {
    check(
        "He he PRON PRP 2 nsubj
         left leave VERB VBD 0 root
         , , PUNCT , 5 punct
         seemingly seemingly ADV RB 5 advmod
         believing believe VERB VBG 2 advcl
         that that SCONJ IN 8 mark
         nobody nobody PRON NN 8 nsubj
         came come VERB VBD 5 ccomp",
        &[" | seemingly | believing that nobody came"],
    );
}

#[test]
fn what_a_relative_clause_rejects_is_its_pronoun() {
    check(
        "The the DET DT 2 det
         plan plan NOUN NN 7 nsubj
         which which PRON WDT 5 obj
         Iran Iran PROPN NNP 5 nsubj
         rejected reject VERB VBD 2 acl:relcl
         has have AUX VBZ 7 aux
         expired expire VERB VBN 0 root",
        &["Iran | rejected | which"],
    );
}

#[test]
fn what_is_told_beside_a_thing_is_not_said_of_it() {
    check(
        "Iran Iran PROPN NNP 2 nsubj
         rejected reject VERB VBD 0 root
         the the DET DT 4 det
         plan plan NOUN NN 2 obj
         , , PUNCT , 7 punct
         which which PRON WDT 7 nsubj
         expired expire VERB VBD 4 acl:relcl",
        &["Iran | rejected | the plan"],
    );
    check(
        "Iran Iran PROPN NNP 2 nsubj
         rejected reject VERB VBD 0 root
         the the DET DT 4 det
         plan plan NOUN NN 2 obj
         that that PRON WDT 6 nsubj
         expired expire VERB VBD 4 acl:relcl",
        &["Iran | rejected | the plan that expired"],
    );
}

#[test]
fn a_noun_that_is_what_a_clause_says() {
    check(
        "Their they PRON PRP$ 2 nmod:poss
         hope hope NOUN NN 6 nsubj:outer
         is be AUX VBZ 6 cop
         that that SCONJ IN 6 mark
         troops troops NOUN NNS 6 nsubj
         leave leave VERB VBP 0 root",
        &["Their | hope is | that troops leave"],
    );
    check(
        "Their they PRON PRP$ 2 nmod:poss
         hope hope NOUN NN 5 nsubj
         is be AUX VBZ 5 cop
         an a DET DT 5 det
         illusion illusion NOUN NN 0 root",
        &[],
    );
}

#[test]
fn a_statement_belongs_to_the_cue_and_a_town_does_not() {
    let said_in = |article: &str, noun: &str| {
        format!(
            "Officials official NOUN NNS 2 nsubj
             said say VERB VBD 0 root
             in in ADP IN 5 case
             {article} the DET DT 5 det
             {noun} {noun} NOUN NN 2 obl
             that that SCONJ IN 8 mark
             troops troops NOUN NNS 8 nsubj
             left leave VERB VBD 2 ccomp"
        )
    };
    check(&said_in("a", "statement"), &["Officials | said in a statement | that troops left"]);
    check(&said_in("the", "capital"), &["Officials | said | that troops left"]);
}

#[test]
fn a_poll_at_the_head_of_a_sentence_speaks() {
    let counted_in = |noun: &str| {
        format!(
            "In in ADP IN 3 case
             a a DET DT 3 det
             {noun} {noun} NOUN NN 6 obl
             , , PUNCT , 3 punct
             voters voter NOUN NNS 6 nsubj
             left leave VERB VBD 0 root"
        )
    };
    check(&counted_in("poll"), &["a poll | In | voters left"]);
    check(&counted_in("hurry"), &[]);
}

#[test]
fn who_goes_on_saying_is_no_part_of_what_was_said() {
    let said = |verb: &str| {
        format!(
            "Chad Chad PROPN NNP 2 nsubj
             said say VERB VBD 0 root
             talks talk NOUN NNS 5 nsubj
             would would AUX MD 5 aux
             {verb} fail VERB {} 2 ccomp
             and and CCONJ CC 7 cc
             called call VERB VBD 5 conj
             them they PRON PRP 7 obj
             shams sham NOUN NNS 7 xcomp",
            if verb == "fail" { "VB" } else { "VBD" }
        )
    };
    check(&said("fail"), &["Chad | said | talks would fail", "Chad | called | them shams"]);
    check(&said("failed"), &["Chad | said | talks would failed and called them shams", "talks | called | them shams"]);
}

#[test]
fn who_stands_behind_a_quotation_and_its_verb_speaks() {
    check(
        "“ “ PUNCT `` 4 punct
         America America PROPN NNP 4 nsubj
         , , PUNCT , 2 punct
         wait wait VERB VB 7 ccomp
         , , PUNCT , 4 punct
         ” ” PUNCT '' 4 punct
         wrote write VERB VBD 0 root
         Otieno Otieno PROPN NNP 7 obj",
        &["Otieno | wrote | “ America , wait , ”"],
    );
}

#[test]
fn a_participle_that_names_nobody_and_a_reader_attribute_nothing() {
    check(
        "Plans plan NOUN NNS 5 nsubj
         proposed propose VERB VBN 1 acl
         in in ADP IN 4 case
         May May PROPN NNP 2 obl
         failed fail VERB VBD 0 root",
        &[],
    );
    check(
        "You you PRON PRP 2 nsubj
         want want VERB VBP 0 root
         to to PART TO 4 mark
         leave leave VERB VB 2 xcomp",
        &[],
    );
}

#[test]
fn what_is_set_beside_what_is_said_is_told_anew() {
    check(
        "Officials official NOUN NNS 2 nsubj
         confirmed confirm VERB VBD 0 root
         the the DET DT 4 det
         raid raid NOUN NN 2 obj
         ; ; PUNCT : 7 punct
         rebels rebel NOUN NNS 7 nsubj
         fled flee VERB VBD 2 parataxis",
        &["Officials | confirmed | the raid"],
    );
}

#[test]
fn what_is_made_clear_and_what_somebody_worries_about() {
    check(
        "Kenya Kenya PROPN NNP 2 nsubj
         made make VERB VBD 0 root
         it it PRON PRP 4 expl
         clear clear ADJ JJ 2 xcomp
         that that SCONJ IN 7 mark
         troops troops NOUN NNS 7 nsubj
         left leave VERB VBD 4 ccomp",
        &["Kenya | made it clear | that troops left"],
    );
    check(
        "Officials official NOUN NNS 3 nsubj:pass
         were be AUX VBD 3 aux:pass
         worried worry VERB VBN 0 root
         about about ADP IN 5 case
         floods flood NOUN NNS 3 obl",
        &["Officials | were worried about | floods"],
    );
}

#[test]
fn what_somebody_takes_a_thing_for() {
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         framed frame VERB VBD 0 root
         the the DET DT 4 det
         truce truce NOUN NN 2 obj
         as as ADP IN 7 case
         a a DET DT 7 det
         defeat defeat NOUN NN 2 obl",
        &["Rebels | framed | the truce as a defeat"],
    );
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         oppose oppose VERB VBP 0 root
         sending send VERB VBG 2 advcl
         troops troops NOUN NNS 3 obj",
        &["Rebels | oppose | sending troops"],
    );
}

#[test]
fn a_tree_without_speech_has_none() {
    check(
        "Iran Iran PROPN NNP 2 nsubj
         attacked attack VERB VBD 0 root
         Iraq Iraq PROPN NNP 2 obj",
        &[],
    );
}
