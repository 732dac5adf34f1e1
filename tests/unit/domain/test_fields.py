"""The fields of a record: what each takes, and one clear sentence for what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.changes.change import Value
from desktop_app.domain.changes.merge import canonical
from desktop_app.domain.fields import MAX_LINE, RECORD_FIELDS, InvalidValue, check_value


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("title", "  A \n title ", "A title"),
        ("year", "2021", 2021),
        ("year", 2021, 2021),
        ("year", "", None),
        ("kind", "Lessons learned", "lessons_learned"),
        ("design", "RCT", "RCT"),
        ("access", "embargoed until 2027-03-01", {"level": "embargoed", "until": "2027-03-01"}),
        ("access", "Embargoed", "embargoed"),
        ("emmie_cost", "12000 eur 2024", {"amount": 12000, "currency": "EUR", "year": 2024}),
        ("key_takeaways", ["First. ", "Second."], ["First.", "Second."]),
        ("redistribution_ok", "Yes", "yes"),
        ("access", "public", "public"),
        ("tag", ["june", " schools "], ["june", "schools"]),
        ("dac_criteria", ["Relevance"], ["relevance"]),
        ("language", ["sv", "pt-BR"], ["sv", "pt-BR"]),
        ("doi", "10.1000/xyz123", "10.1000/xyz123"),
        ("sample_size", "212", 212),
        ("follow_up_months", "4.5", 4.5),
        ("overview", "First\n\nSecond ", "First\n\nSecond"),
        ("overview", None, None),
    ],
)
def test_what_a_field_takes(field: str, value: Value, stored: Value) -> None:
    assert check_value(field, value) == stored


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("colour", "red", 'no field "colour"'),
        ("title", "", "can't be empty"),
        ("title", "  ", "can't be empty"),
        ("title", 5, "takes text"),
        ("title", "x" * 1_000_000, f"at most {MAX_LINE}"),
        ("title", "a\u202eb", "can't be seen"),
        ("title", "a\x00b", "can't be seen"),
        ("year", "last", "a year from"),
        ("year", 99999, "a year from"),
        ("year", True, "a year from"),
        ("kind", "novel", "It takes: evaluation"),
        ("access", None, "can't be empty"),
        ("access", "secret", "It takes: public"),
        ("access", "embargoed until 2027-02-30", "a day such as"),
        ("emmie_cost", "a lot", "an amount, a currency"),
        ("tag", ["x"] * 1001, "at most 1000 values"),
        ("tag", "june", "takes a list"),
        ("tag", [""], "can't be empty"),
        ("tag", [5], "takes text"),
        ("dac_criteria", ["beauty"], "can't be"),
        ("language", ["Klingon!"], "does not look like"),
        ("doi", "see above", "does not look like"),
        ("url", "javascript:alert(1)", "does not look like"),
        ("sample_size", "-5", "not negative"),
        ("sample_size", "many", "not negative"),
        ("sample_size", True, "not negative"),
    ],
)
def test_what_a_field_refuses(field: str, value: Value, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        check_value(field, value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(RECORD_FIELDS)), json_values)
def test_a_value_is_taken_or_refused_and_what_is_taken_stays(field: str, value: Value) -> None:
    try:
        stored = check_value(field, value)
    except InvalidValue as error:
        assert str(error)
        return
    assert canonical(check_value(field, stored)) == canonical(stored)
