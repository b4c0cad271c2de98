#!/usr/bin/env python3
"""Makes contacts.csv: a thousand people that do not exist, 26 of whom break the rules of contacts.sql.

    python3 examples/make-contacts.py > examples/contacts.csv

The same at every call. All names are common ones put together at random; e-mail addresses end in
domains that are reserved for examples (RFC 2606), so that none of them can be anybody's. Phone numbers
are of no real form beyond the country code.
"""

import csv
import datetime
import io
import random
import sys
import unicodedata

PEOPLE = {  # country: (phone code, cities, first names, last names)
    "DE": ("49", ["Köln", "München", "Leipzig", "Düsseldorf"],
           ["Jürgen", "Sabine", "Lukas", "Änne", "Matthias", "Heike"],
           ["Müller", "Schäfer", "Weiß", "Krüger", "Böhm", "von Bülow"]),
    "FR": ("33", ["Lyon", "Besançon", "Orléans", "Saint-Étienne"],
           ["Zoé", "François", "Hélène", "Jérôme", "Maëlle", "Benoît"],
           ["Lefèvre", "Dupont", "Garçon", "Noël", "d'Aubigné", "Rousseau"]),
    "ES": ("34", ["Málaga", "Córdoba", "Cádiz", "A Coruña"],
           ["José", "Begoña", "Íñigo", "Lucía", "Ángel", "Nuria"],
           ["Muñoz", "García Márquez", "Peña", "Núñez", "Ibáñez", "López"]),
    "PL": ("48", ["Łódź", "Kraków", "Gdańsk", "Poznań"],
           ["Łukasz", "Zofia", "Paweł", "Małgorzata", "Grażyna", "Wojciech"],
           ["Wiśniewski", "Wójcik", "Kowalczyk", "Zając", "Dąbrowska", "Król"]),
    "TR": ("90", ["İzmir", "Muğla", "Eskişehir", "Ankara"],
           ["Ayşe", "Çağlar", "Gül", "İbrahim", "Şule", "Ömer"],
           ["Yılmaz", "Öztürk", "Çelik", "Şahin", "Doğan", "Kılıç"]),
    "GR": ("30", ["Αθήνα", "Πάτρα", "Βόλος", "Χανιά"],
           ["Γιώργος", "Ελένη", "Κώστας", "Σοφία", "Νίκος", "Δήμητρα"],
           ["Παπαδόπουλος", "Νικολάου", "Βασιλείου", "Οικονόμου", "Γεωργίου", "Αγγέλου"]),
    "UA": ("380", ["Київ", "Львів", "Одеса", "Чернівці"],
           ["Оксана", "Тарас", "Юлія", "Андрій", "Надія", "Богдан"],
           ["Шевченко", "Коваленко", "Бондар", "Мельник", "Кравець", "Лисенко"]),
    "JP": ("81", ["札幌", "京都", "福岡", "仙台"],
           ["陽子", "健太", "さくら", "大輔", "美咲", "翔"],
           ["佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤"]),
    "IN": ("91", ["पुणे", "जयपुर", "Kochi", "Mysuru"],
           ["आशा", "रवि", "Priya", "Arjun", "मीरा", "Sanjay"],
           ["शर्मा", "Iyer", "पटेल", "Reddy", "गुप्ता", "Nair"]),
    "US": ("1", ["Portland", "St. Louis", "Boise", "Winston-Salem"],
           ["Mary Jo", "Tyrone", "Emily", "Dale", "Latisha", "Hank"],
           ["O'Brien", "Smith-Jones", "Washington", "Nguyen", "Kowalski", "St. John"]),
    "BR": ("55", ["São Paulo", "Goiânia", "Belém", "Niterói"],
           ["João", "Conceição", "Thaís", "Antônio", "Luísa", "Caio"],
           ["Gonçalves", "da Conceição", "Araújo", "Simões", "Leão", "Magalhães"]),
    "VN": ("84", ["Hà Nội", "Đà Nẵng", "Huế", "Cần Thơ"],
           ["Thị Hương", "Văn Đức", "Minh", "Ngọc", "Quốc Bảo", "Lan"],
           ["Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Võ"]),
}

NOTES = [
    "Prefers e-mail to phone.",
    "Met at the fair in Hannover, wants the catalogue.",
    'Signs as "the boss", is not.',
    "Moved in spring;\nthe old address is still on the invoices.",
    "Two children, one dog, no time.",
    "Call after 5 p.m.,\nnever on Fridays.\nAsks for Mr. Okafor.",
    "Said: \"Send it again, but this time to the right door\".",
    "VIP, 10 % off, until further notice",
    "Paid in cash; wants a receipt, a stamp, and an apology.",
    "Birthday card returned: \"unknown at this address\"",
]

PLACES = {"DE": "de", "FR": "fr", "ES": "es", "PL": "pl", "TR": "tr", "GR": "gr", "UA": "ua",
          "JP": "jp", "IN": "in", "US": "us", "BR": "br", "VN": "vn"}


def ascii_of(text):
    """The letters a to z of a name, where it has any."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l").replace("ı", "i"))
    return "".join(c for c in plain.lower() if "a" <= c <= "z")


def contact(number, dice):
    country = dice.choice(list(PEOPLE))
    code, cities, first_names, last_names = PEOPLE[country]
    first, last = dice.choice(first_names), dice.choice(last_names)
    local = ".".join(filter(None, [ascii_of(first), ascii_of(last)])) or "contact"
    born = datetime.date(1940, 1, 1) + datetime.timedelta(days=dice.randrange(365 * 66))
    return {
        "email": f"{local}{number}@{PLACES[country]}.example",
        "first_name": first,
        "last_name": last,
        "phone": f"+{code} {dice.randrange(200, 999)} {dice.randrange(10**5, 10**6)}",
        "city": dice.choice(cities),
        "country": country,
        "birthday": born.isoformat(),
        "age": 2026 - born.year,
        "newsletter": dice.choice(["yes", "no"]),
        "notes": dice.choice(NOTES) if dice.random() < 0.22 else "",
    }


def spoil(contacts, dice):
    """Breaks the table's rules in 26 places, each in a way that happens."""
    places = iter(dice.sample(range(40, len(contacts)), 26))
    for _ in range(9):  # entered twice
        at = next(places)
        contacts[at]["email"] = contacts[at - dice.randrange(3, 30)]["email"]
    for _ in range(6):  # only a first name was known
        contacts[next(places)]["last_name"] = ""
    for age in (214, -3, 999, 178):  # a typing error
        contacts[next(places)]["age"] = age
    for date in ("1978-02-30", "14.07.1969", "1990-13-01", "unknown"):  # no such day, or another form
        contacts[next(places)]["birthday"] = date
    for address in ("hans.meier(at)de.example", "no e-mail", "anna@"):  # not an address
        contacts[next(places)]["email"] = address


def main():
    dice = random.Random(20261121)
    contacts = [contact(number, dice) for number in range(1, 1001)]
    spoil(contacts, dice)
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    writer = csv.DictWriter(out, fieldnames=list(contacts[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(contacts)
    out.flush()


if __name__ == "__main__":
    main()
