"""What people say in the corpus, word for word as it is expected back, and what they have standing below it."""

# A paragraph is one line here; programs that wrap do so themselves.
TEXTS = {
    "kort": "Ja graag!",
    "nee": "Nee, dit jaar lukt het ons niet.",
    "vraag": "Hoi allemaal,\n\nHebben jullie ervaring met een gebarentolk bij de raad? En wie betaalt die?",
    "antwoord": (
        "Beste Ans,\n\nWij hebben de balie laten verlagen. Dat kostte 4.300 euro en was in twee weken klaar.\n\n"
        "Laat maar weten of je de tekeningen wilt zien."
    ),
    "lang": (
        "Dag Fatima,\n\nBij ons begon het met een schouw in de wijk: vijf mensen, van wie drie met een rolstoel, liepen een "
        "ochtend lang mee langs de winkels, de bushalte en het gezondheidscentrum. Daarna wisten we precies wat er moest "
        "gebeuren.\n\nDe wethouder is zelf meegegaan. Dat hielp meer dan alle rapporten die we eerder schreven, want hij "
        "bleef zelf steken bij de eerste drempel.\n\nAls je wilt stuur ik je het verslag."
    ),
    "lijst": "Wat wij deden:\n\n- drempels weg bij drie scholen\n- een ringleiding in de raadzaal\n- uitleg in gewone taal\n\nDe rest komt volgend jaar.",
    "nummers": "Mijn antwoorden:\n\n1. online\n2. met ondertiteling\n3. nee, ik kom alleen",
    "link": "Kijk eens op https://voorbeeldstad.example/toegankelijk voor onze aanpak.",
    "dank": "Dank je wel voor het snelle antwoord. Dit hielp!",
    "bedankt": "Ik heb het stuk gelezen en het is duidelijk.\n\nAlvast bedankt voor je hulp.",
    "datum": "Op 12 november 2025 om 14:00 is er een bijeenkomst in Utrecht. Kun je dan?",
    "schreef": "Zoals Bram vorige week schreef: begin klein. Dat hebben wij ook gedaan, en het werkt.",
    "van": "Van: het station naar het stadhuis is het tien minuten lopen. Is dat een bezwaar?",
    "groeten": "Doe de groeten aan Dirk! En vraag hem of hij het draaiboek nog heeft.",
    "streep": "Wij kiezen voor de brede aanpak - dus alle domeinen tegelijk - en niet voor één loket.",
    "regels": "De zaal is hier:\n\nStadhuis Voorbeeldstad\nRaadhuisplein 1\nIngang aan de achterkant\n\nBel aan bij de witte knop.",
    "accenten": "Dat is prima geregeld in de coöperatie: één reünie per jaar, géén drempels, en koffie voor € 2,50.",
    "emoji": "Wat mooi dat het gelukt is! 🎉👏🏽 Gefeliciteerd.",
    "getypt": "kan niet komen ben ziek geworden\nvolgende keer wel",
    "engels": "Thanks for the invitation. We would like to join, but only online.\n\nIs there a captioner?",
    "kopje": "Over de stemlokalen\n\nIn ons dorp zijn er vier. Eén heeft een trap.",
    "vet": "Ik vind dit echt belangrijk: niets over ons zonder ons.",
    "beltijd": "Je kunt me morgen tussen tien en elf bellen, daarna ben ik op reis.",
    "gedicht": "Dit hing bij ons in de hal:\n\nIedereen mag binnen\niedereen kan binnen\niedereen is binnen",
    "twee": "Ja, ik kom.\n\nMag mijn begeleider ook mee?",
    "stop": "Stop",
    "dagelijks": "dagelijks graag",
    "gisteren": "We hebben het er gisteren over gehad in de adviesraad. Het voorstel om de Wmo-folder in gewone taal te zetten is aangenomen, met één stem tegen.",
    "vragen": "Drie vragen:\n\na) wie leidt het?\nb) wat kost het?\nc) wanneer begint het?",
    "ervaring": "Ik ben blind en gebruik de site met spraak. Het gaat goed, maar het zoekveld is lastig te vinden.",
}

ANS = ("Ans de Wit", "ans.dewit@post.example")
BRAM = ("Bram de Vries", "b.devries@voorbeeldstad.example")
FATIMA = ("Fatima el Amrani", "f.elamrani@zuiderwaard.example")
ELIF = ("Elif Yıldız", "elif@post.example")
DIRK = ("Dirk Jansen", "dirk.jansen@post.example")

DISCLAIMER = (
    "De informatie verzonden met dit e-mailbericht is uitsluitend bestemd voor de geadresseerde. Gebruik van deze informatie "
    "door anderen dan de geadresseerde is verboden. Aan dit bericht kunnen geen rechten worden ontleend."
)

# Who writes, and the lines that stand below their words.
CLOSINGS = {
    "-": (ANS, ""),
    "niets": (BRAM, ""),
    "ans": (ANS, "Ans"),
    "groet": (ANS, "Groet,\nAns"),
    "groetjes": (ELIF, "Groetjes Elif"),
    "groetjes van": (DIRK, "Groetjes van Dirk"),
    "mvg": (DIRK, "mvg Dirk"),
    "gr": (ELIF, "Gr. Elif"),
    "vriendelijk": (DIRK, "Met vriendelijke groet,\n\nDirk Jansen"),
    "hartelijk": (ANS, "Hartelijke groeten,\nAns de Wit\nervaringsdeskundige in Voorbeeldstad"),
    "liefs": (ANS, "Liefs,\n\nAns"),
    "regards": (FATIMA, "Kind regards,\n\nFatima el Amrani"),
    "best": (ELIF, "Best,\nElif"),
    "gemeente": (
        BRAM,
        "Met vriendelijke groet,\n\nBram de Vries\nBeleidsadviseur Sociaal Domein\n\nGemeente Voorbeeldstad\nRaadhuisplein 1, 1234 AB Voorbeeldstad\n"
        "Postbus 100, 1230 AC Voorbeeldstad\nT 030 123 45 67\nM 06 12 34 56 78\nE b.devries@voorbeeldstad.example\nwww.voorbeeldstad.example",
    ),
    "werkdagen": (
        FATIMA,
        "Met vriendelijke groet,\n\nFatima el Amrani (zij/haar)\nadviseur toegankelijkheid | Team Samenleving\n\nGemeente Zuiderwaard\n"
        "tel. 0512 - 34 56 78 | f.elamrani@zuiderwaard.example\nIk werk op maandag, dinsdag en donderdag.\n\n"
        "Volg ons op Facebook, Instagram en LinkedIn",
    ),
    "disclaimer": (
        BRAM,
        f"Met vriendelijke groet,\n\nBram de Vries\nGemeente Voorbeeldstad\n\nDisclaimer\n{DISCLAIMER}",
    ),
    "streepjes": (DIRK, "Groet, Dirk\n\n-- \nDirk Jansen\nvoorzitter Cliëntenraad Voorbeeldstad\n06 98 76 54 32"),
    "alleen streepjes": (ANS, "-- \nAns de Wit\nNiets over ons zonder ons"),
    "korte streepjes": (ELIF, "--\nElif Yıldız\nhttps://elif.example"),
    "blok": (BRAM, "Bram de Vries\nBeleidsadviseur inclusie\nGemeente Voorbeeldstad\nT 030 123 45 67"),
    "milieu": (
        FATIMA,
        "Vriendelijke groet,\n\nFatima el Amrani\nprojectleider Iedereen doet mee\n\nDenk aan het milieu voordat u deze e-mail print.",
    ),
    "namens": (DIRK, "Met vriendelijke groeten,\n\nNamens de adviesraad,\nDirk Jansen"),
    "afkorting": (BRAM, "M.v.g.\n\nBram de Vries\nGemeente Voorbeeldstad, afdeling Beleid"),
    "hoogachtend": (DIRK, "Hoogachtend,\n\nD. Jansen"),
    "zonnig": (FATIMA, "Zonnige groet,\nFatima"),
    "virusvrij": (ANS, "Groet, Ans\n\nVirusvrij.www.avast.com"),
    "avg": (DIRK, "Dirk\n\nDeze e-mail is gecontroleerd op virussen door Avast antivirussoftware.\nwww.avast.com"),
    "vertrouwelijk": (
        FATIMA,
        "Met hartelijke groet,\nFatima el Amrani\nconsulent Wmo\n\n*************************************************************\n"
        "This e-mail and any attachments are confidential and intended solely for the addressee.\n"
        "If you have received this message in error, please notify the sender.\n"
        "*************************************************************",
    ),
    "per ongeluk": (
        BRAM,
        "Groeten,\nBram\n\nIs dit bericht niet voor u bestemd? Wilt u het dan verwijderen en de afzender waarschuwen? "
        "De gemeente Voorbeeldstad is niet aansprakelijk voor schade door het gebruik van e-mail.",
    ),
}
