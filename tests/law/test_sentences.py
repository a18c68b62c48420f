"""What is said in the data reaches the translators."""

from importlib import resources

from workflow.law import texts
from workflow.law.rules import rules
from workflow.law.sentences import extract


def test_every_sentence_of_the_rules_and_laws_is_extracted():
    folder = resources.files("workflow.law")
    found = set()
    for file in [*folder.iterdir(), folder / "texts" / "index.toml"]:
        if file.name.endswith(".toml"):
            with file.open("rb") as opened:
                found |= {sentence for _, _, sentence, _ in extract(opened, {}, (), {})}
    said = {each for rule in rules() for each in (rule.text, rule.effect, rule.note, rule.bound)} | {law.status for law in texts.laws()}
    assert found == said - {""}
