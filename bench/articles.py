"""Invents news articles from templates, the same ones each time: JSON lines for `polybius read` and `code`.

    python bench/articles.py 100000 > articles.jsonl
"""

import datetime
import json
import random
import sys

LANDS = {
    "Russia": ("Russian", "Moscow"), "Ukraine": ("Ukrainian", "Kyiv"), "Iran": ("Iranian", "Tehran"), "Turkey": ("Turkish", "Ankara"),
    "Kenya": ("Kenyan", "Nairobi"), "Sudan": ("Sudanese", "Khartoum"), "Chad": ("Chadian", "N'Djamena"), "Mali": ("Malian", "Bamako"),
    "France": ("French", "Paris"), "Germany": ("German", "Berlin"), "Poland": ("Polish", "Warsaw"), "Belarus": ("Belarusian", "Minsk"),
    "India": ("Indian", "New Delhi"), "Pakistan": ("Pakistani", "Islamabad"), "China": ("Chinese", "Beijing"), "Japan": ("Japanese", "Tokyo"),
    "Israel": ("Israeli", "Jerusalem"), "Lebanon": ("Lebanese", "Beirut"), "Syria": ("Syrian", "Damascus"), "Iraq": ("Iraqi", "Baghdad"),
    "Armenia": ("Armenian", "Yerevan"), "Azerbaijan": ("Azerbaijani", "Baku"), "Ethiopia": ("Ethiopian", "Addis Ababa"), "Somalia": ("Somali", "Mogadishu"),
    "Colombia": ("Colombian", "Bogota"), "Venezuela": ("Venezuelan", "Caracas"), "Peru": ("Peruvian", "Lima"), "Mexico": ("Mexican", "Mexico City"),
}
LEADS = [
    "{A} and {B} agreed on {day} to {plan}, officials of both countries said.",
    "{a} forces shelled a village near the border with {B} on {day}, killing {n} people, the governor said.",
    "{A} accused {B} on {day} of {crime}.",
    "The president of {A} arrived in {Bcap} on {day} for talks with {b} leaders about {topic}.",
    "{a} police arrested {n} {b} citizens in {Acap} on {day} for {crime}, a spokesman said.",
    "{A} expelled two {b} diplomats on {day}, {Acap} said.",
    "Thousands of people marched through {Acap} on {day} to protest against {topic}.",
    "{A} will send {n} tonnes of food to {B} by the end of the month, its foreign ministry said on {day}.",
]
MORE = [
    "{B} denied it, and called the claim an invention.",
    "The foreign minister of {B} said that his country would answer in kind.",
    "{A} has asked {B} three times this year to {plan}.",
    "{C} urged both sides to show restraint and offered to host talks in {Ccap}.",
    "“We have said all that there is to say about {topic},” a {a} official told reporters.",
    "The two countries broke off talks about {topic} last winter.",
    "{C} condemned the step, and said that it would bring the matter before the United Nations.",
    "If {B} does not {plan}, {A} could impose sanctions, according to two diplomats.",
    "The {c} ambassador in {Acap} met members of the opposition, who want elections in spring.",
    "Nobody has claimed responsibility for the attack, in which {n} soldiers were wounded.",
    "Shares in {Acap} fell by two per cent after the news.",
    "A spokeswoman for the {b} army said that its troops had withdrawn from the area.",
    "The weather in the region has been unusually cold, and many roads are closed.",
    "{A} and {C} signed an agreement on trade in {Ccap} in May.",
]
PLANS = ["reopen the border", "exchange prisoners", "lower tariffs on grain", "share the water of the river", "pull back their troops", "resume flights"]
CRIMES = ["spying", "arming rebels", "violating its airspace", "smuggling weapons", "interfering in its elections"]
TOPICS = ["the budget", "energy", "the blockade", "fishing rights", "a new dam", "the release of hostages"]
OUTLETS = ["Kuvar Wire", "Morning Ledger", "Delta Post", "The Courier", "Harbour Times"]


def main(n: int) -> None:
    chance = random.Random(2024)
    first = datetime.date(2020, 1, 1)
    lands = list(LANDS)
    for number in range(n):
        published = first + datetime.timedelta(days=chance.randrange(1800))
        a, b, c = chance.sample(lands, 3)
        words = {"day": (published - datetime.timedelta(days=chance.randrange(3))).strftime("%A")}
        for key, land in zip("ABC", (a, b, c)):
            words |= {key: land, key.lower(): LANDS[land][0], f"{key}cap": LANDS[land][1]}

        def told(template: str) -> str:
            more = {"n": chance.randrange(2, 60), "plan": chance.choice(PLANS), "crime": chance.choice(CRIMES), "topic": chance.choice(TOPICS)}
            return template.format(**words, **more)

        lead = told(chance.choice(LEADS))
        paragraphs = [f"{words['Acap'].upper()} - {lead}"] + [told(template) for template in chance.sample(MORE, chance.randrange(4, 9))]
        article = {"id": f"made-{number}", "text": "\n\n".join(paragraphs), "published": str(published), "title": lead.split(" on ")[0]}
        print(json.dumps(article | {"outlet": chance.choice(OUTLETS)}, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]))
