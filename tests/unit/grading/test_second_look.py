"""When somebody is asked to look at a surface again, and when that is done."""

from __future__ import annotations

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.second_look import load_rule, second_looks
from diagnostics.grading.standards import load_standard, standard_ids
from tests.fakes.gradable import BEST

CLOSE = {"back_scratches": "not_at_50cm", "back_damage": "small_chip"}


def test_two_close_answers_on_one_surface_ask_for_a_look() -> None:
    (look,) = second_looks("phone-1", {**BEST, **CLOSE})
    assert (look.surface, dict(look.answers)) == ("back", CLOSE)


def test_one_of_them_or_two_on_two_surfaces_ask_for_none() -> None:
    assert second_looks("phone-1", BEST) == ()
    assert second_looks("phone-1", {**BEST, "back_damage": "small_chip"}) == ()
    apart = {"back_damage": "small_chip", "frame_dents": "one_tiny"}
    assert second_looks("phone-1", {**BEST, **apart}) == ()


def test_a_clear_defect_is_not_close_to_anything() -> None:
    assert second_looks("phone-1", {**BEST, "back_scratches": "visible", "back_damage": "crack"}) == ()


def test_a_look_confirms_exactly_the_answers_that_stood_there() -> None:
    answers = {**BEST, **CLOSE}
    done = second_looks("phone-1", answers)
    assert second_looks("phone-1", answers, done) == ()
    changed = {**answers, "back_scratches": "not_at_20cm"}
    assert [look.surface for look in second_looks("phone-1", changed, done)] == ["back"]
    assert second_looks("phone-1", {**answers, "back_scratches": "none"}, done) == ()


def test_the_count_of_scratches_counts_only_where_it_is_asked() -> None:
    left_over = {"screen_scratch_count": "up_to_10", "screen_lit": "slightly_visible"}
    assert second_looks("phone-1", {**BEST, **left_over}) == (), "no scratch is seen, so none is counted"
    assert second_looks("phone-1", {**BEST, **left_over, "screen_scratches": "at_20cm"})


def test_every_close_answer_stands_next_to_a_boundary_of_some_standard() -> None:
    checklist = load_checklist("phone-1")
    sets = [load_standard(name) for name in standard_ids()]
    sets = [rules for rules in sets if rules.checklist == "phone-1"]
    for name, answers in load_rule("phone-1").borderline.items():
        places = [answer.id for answer in checklist.question(name).answers]
        for answer in answers:
            at = places.index(answer)
            beside = places[max(0, at - 1) : at + 2]
            caps = [
                {rule.cap if (rule := rules.rule(name, each)) else "" for each in beside} for rules in sets
            ]
            assert any(len(each) > 1 for each in caps), f"{name} {answer}"


def test_a_checklist_without_a_rule_asks_for_none() -> None:
    assert load_rule("no-such").borderline == {}
