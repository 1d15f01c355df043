"""Words that name something the illustrator can draw, with the role they give it where it has one."""

from __future__ import annotations

# Drawing -> words; "word:role" gives people and variants their role.
SUBJECTS = {
    "person": (
        "person, lighthouse keeper:keeper, confectioner:shopkeeper, docker, dock worker:worker, "
        "warehouse worker:worker, analyst:business, founder:staff, designer:staff, programmer:staff, "
        "developer:staff, coder:staff, ground crew:worker, inventor, owner, master:artisan, apprentice:artisan, "
        "herder, sculptor:artisan, weaver:artisan, shoemaker:artisan, cobbler:artisan, luthier:artisan, "
        "watchmaker:artisan, jeweller:artisan, bookbinder:artisan, barber, hairdresser, bookseller, winemaker, "
        "brewer, man, woman, figure, human, someone, individual, adult, citizen, customer, visitor, employee, "
        "friend, parent, mother, father, resident, guest, fisherman:fisherman, fisher:fisherman, "
        "sailor:fisherman, angler:fisherman, fishermen:fisherman, farmer:farmer, farm hand:farmer, grower, "
        "shepherd, peasant, gardener:gardener, beekeeper:beekeeper, doctor:doctor, physician:doctor, "
        "surgeon:doctor, patient:walker, nurse:nurse, dentist:doctor, veterinarian:doctor, paramedic:nurse, "
        "physicist:scientist, astronomer:astronomer, archaeologist:archaeologist, caregiver:nurse, midwife:nurse, "
        "scientist:scientist, researcher:scientist, chemist:scientist, biologist:biologist, "
        "field biologist:biologist, lab technician:scientist, engineer:engineer, architect:architect, "
        "surveyor:engineer, technician:engineer, inspector:engineer, construction worker:worker, worker:worker, "
        "labourer:worker, builder:worker, electrician:worker, mechanic:worker, plumber:worker, welder:worker, "
        "craftsman:artisan, craftswoman:artisan, artisan:artisan, carpenter:carpenter, joiner:carpenter, "
        "miner:miner, chef:chef, cook:chef, baker:baker, barista:barista, waiter:waiter, waitress:waiter, "
        "shopkeeper:shopkeeper, shop assistant:shopkeeper, market trader:shopkeeper, greengrocer:shopkeeper, "
        "grocer:shopkeeper, butcher:shopkeeper, fishmonger:shopkeeper, florist:shopkeeper, pharmacist:scientist, "
        "vendor, seller, teacher:teacher, professor:teacher, instructor:teacher, lecturer:teacher, "
        "mentor:teacher, coach:teacher, presenter:presenter, speaker:speaker, trainer:teacher, "
        "politician:politician, minister:politician, prime minister:politician, mayor:politician, "
        "president:politician, chancellor:politician, senator:politician, diplomat:politician, "
        "delegate:politician, police officer:police, policeman:police, policewoman:police, officer:police, "
        "soldier:soldier, pilot:pilot, airline pilot:pilot, postman:postman, postwoman:postman, "
        "letter carrier:postman, mail carrier:postman, courier:courier, delivery driver:courier, driver:driver, "
        "bus driver:driver, tram driver:driver, train driver:driver, taxi driver:driver, lorry driver:driver, "
        "truck driver:driver, tractor driver:driver, ferry captain:captain, captain:captain, skipper:captain, "
        "referee:referee, umpire:referee, goalkeeper:goalkeeper, goalie:goalkeeper, footballer:footballer, "
        "football player:footballer, soccer player:footballer, striker:footballer, football team:footballer, "
        "basketball player:basketballer, basketball team:basketballer, tennis player:tennis, boxer:boxer, "
        "judoka:judoka, judo team:judoka, judo fighter:judoka, karate fighter:judoka, gymnast:gymnast, "
        "hockey player:hockey, ice hockey player:hockey, hockey team:hockey, ice hockey team:hockey, "
        "skater:skater, figure skater:skater, ice skater:skater, speed skater:skater, violinist:violinist, "
        "fiddler:violinist, string player:violinist, string quartet:violinist, orchestra:violinist, "
        "string orchestra:violinist, chamber orchestra:violinist, trumpeter:trumpeter, drummer:drummer, "
        "conductor:conductor, choir:chorister, chorister:chorister, choir singer:chorister, jazz band:musician, "
        "brass band:trumpeter, street musician:musician, band of musicians:musician, potter:potter, "
        "tailor:tailor, seamstress:tailor, dressmaker:tailor, cleaner:cleaner, street sweeper:cleaner, "
        "librarian:librarian, puppeteer:puppeteer, puppet player:puppeteer, monk:monk, nun:nun, priest:priest, "
        "vicar:priest, king:king, queen:queen, knight:knight, cowboy:cowboy, clown:clown, bride:bride, "
        "hunter:hunter, student:student, pupil:student, commuter:business, businesswoman:business, "
        "businessman:business, entrepreneur:business, manager:business, executive:business, lawyer:business, "
        "banker:business, investor:business, musician:musician, guitarist:musician, singer:singer, performer, "
        "actor:actor, actress:actor, dancer:dancer, ballerina:dancer, painter:painter, artist:painter, "
        "illustrator:painter, runner:runner, player:runner, sportsman:runner, sportswoman:runner, "
        "team mates:runner, teammates:runner, jogger:runner, athlete:runner, sprinter:runner, hiker:hiker, "
        "walker:hiker, backpacker:hiker, trekker:hiker, explorer:hiker, wanderer:hiker, ranger:hiker, "
        "climber:climber, mountaineer:climber, alpinist:climber, mountain climber:climber, astronaut:astronaut, "
        "cosmonaut:astronaut, firefighter:firefighter, fireman:firefighter, traveller:traveller, "
        "traveler:traveller, tourist:traveller, passenger:traveller, photographer:photographer, reader:reader, "
        "winner:winner, champion:winner, judge:judge, skier:skier, diver:diver, pedestrian:walker, "
        "passer-by:walker, grandmother:elder, grandfather:elder, elderly:elder, pensioner:elder, "
        "grandparent:elder"
    ),
    "child": "child, kid, boy, girl, toddler, schoolchild, daughter, son, infant",
    "group": (
        "people, crowd, group of people, community, audience, family, friends, men, women, "
        "procession, townspeople, villagers, delegations, two delegations, shoppers, grandparents, "
        "grandparents and children, "
        "families, "
        "citizens, customers, visitors, neighbours, neighbors, volunteers, team members, "
        "participants, guests, youth, fans"
    ),
    "team": (
        "team, colleague, teamwork, colleagues, coworkers, co-workers, meeting, brainstorm, brainstorming, "
        "collaboration, collaborating, workshop session, board meeting, colleagues around a "
        "table, people around a table"
    ),
    "handshake": "handshake, shaking hands, shake hands, partnership, agreement, business deal",
    "wheelchair user": (
        "wheelchair racer, wheelchair athlete, wheelchair user, person in a wheelchair, wheelchair player"
    ),
    "swimmer": "swimmer, crawl swimmer",
    "rower": "rower, rowing crew, rowing team, oarsman, oarswoman",
    "paddler": "kayaker, canoeist, paddler, paddling, canoeing, kayaking",
    "surf rider": "surfer, surf rider",
    "rider": "rider, horse rider, jockey, horseman, horsewoman, horseback rider, rider on horseback",
    "cyclist": "cyclist, biker, cycling, riding a bicycle, riding a bike, bike ride, bicycle courier",
    "bicycle": "bicycle, bike, e-bike, bikes",
    "car": "car, automobile, electric car, vehicle, sedan, electric vehicle, ev",
    "bus": "bus, coach bus, minibus, school bus, electric bus",
    "lorry": "lorry, truck, delivery truck",
    "train": "train, railway, locomotive, high-speed train, intercity, express train",
    "boat": "boat, fishing boat, trawler",
    "sailboat": "sailboat, sailing boat, yacht, sail boat, sailing yacht",
    "tall ship": "sailing ship, tall ship, schooner",
    "cargo ship": "cargo ship, container ship, freighter, shipping containers, container vessel, ship",
    "rowing boat": "rowing boat, rowboat, row boat, punt",
    "cargo plane": "cargo plane, cargo aircraft, freight plane, air freighter, cargo jet, cargo aeroplane",
    "aeroplane": "aeroplane, airplane, plane, aircraft, airliner, passenger jet",
    "helicopter": "helicopter, chopper",
    "balloon": "hot-air balloon, hot air balloon, balloon, balloons",
    "tractor": "tractor",
    "rocket": "rocket, rocket launch, launch vehicle",
    "tree": ("tree, oak, maple, beech, linden, apple tree, old tree, olive tree, olive grove, tree canopy, elm"),
    "blossom tree": "blossoming tree, cherry tree, cherry blossom, blossom, almond blossom, flowering tree",
    "spruce": "fir, spruce, pine tree, conifer, christmas tree, evergreen, fir tree",
    "palm": "palm, palm tree, coconut palm",
    "cactus": "cactus, cacti",
    "flower": "flower, rose bush, bloom",
    "sunflower": "sunflower",
    "seedling": (
        "seedling, sprout, sapling, young plant, shoot, plant, growing plant, seed, houseplant, "
        "potted plant, germination"
    ),
    "mushroom": "toadstool, fly agaric",
    "cat": "cat, kitten, tabby",
    "dog": "dog, puppy",
    "horse": "horse, pony, mare, foal, racehorse",
    "cow": "cow, cattle, dairy cow, dairy cows",
    "sheep": "sheep, lamb, ewe, flock of sheep",
    "bird": "bird, sparrow, robin, songbird, finch, thrush, wren, nightingale, pigeon, dove",
    "flying bird": (
        "flying bird, birds in flight, bird in flight, flying seabird, migrating bird, flock of birds, "
        "birds flying, swift, goose, gull overhead, gulls wheeling, circling gull"
    ),
    "seabird": "seabird, gull, seagull, tern, fulmar",
    "penguin": "penguin, emperor penguin",
    "puffin": "puffin, puffling",
    "flying puffin": "flying puffin",
    "fish": "fish, salmon, trout, cod, tuna, herring, shoal of fish, mackerel, sardine",
    "whale": "whale, humpback, humpback whale, blue whale",
    "butterfly": "butterfly",
    "bee": "bee, honeybee, bumblebee, pollinator, honey bee",
    "house": (
        "house, cottage, farmhouse, bungalow, villa, family house, family home, houses, chalet, "
        "home for sale, dream home, housing, mortgage, real estate, croft"
    ),
    "skyscraper": (
        "skyscraper, tower block, office tower, glass tower, high-rise building, office building, "
        "headquarters building, building of clear lines, modern building"
    ),
    "lighthouse": "lighthouse, light house, beacon tower",
    "bridge": "bridge, suspension bridge, footbridge",
    "factory": "factory, industrial plant, smokestack, plant emissions",
    "wind turbine": "wind turbine, windmill, wind farm, turbine, wind power, wind energy, offshore wind",
    "solar panel": (
        "solar panel, solar farm, photovoltaic, solar, solar power, solar park, solar energy, solar array, solar cell"
    ),
    "pylon": (
        "pylon, power line, power grid, electricity grid, transmission line, electricity pylon, "
        "electric grid, grid of power, overhead line"
    ),
    "tent": "tent, campsite, camp, camping",
    "market stall": (
        "market stall, market awning, stall, vendor stall, kiosk, farmers market, fruit stand, street market, "
        "market stand"
    ),
    "bench": "bench, park bench",
    "castle": "castle, fortress, citadel, medieval tower, fort",
    "courthouse": (
        "courthouse, museum building, bank building, central bank, supreme court, stone columns, "
        "columns of a bank, steps and columns, government building"
    ),
    "ferris wheel": "ferris wheel, big wheel, fairground, funfair",
    "coffee cup": (
        "coffee cup, coffee, cup, mug, espresso, cappuccino, tea cup, cup of coffee, cup of tea, "
        "teacup, latte, hot chocolate"
    ),
    "teapot": "teapot, tea, tea ceremony",
    "bread": "bread, loaf, sourdough, fresh bread, loaf of bread",
    "croissant": "croissant",
    "fruit bowl": "fruit bowl, fruit, bowl of fruit",
    "apple": "apple",
    "plate": ("plate, dinner plate"),
    "meal": "meal, food, cuisine, dish, plated dish, feast, supper, gourmet",
    "bottle": "bottle, wine bottle, wine, bottle of wine, olive oil",
    "cake": "birthday cake, birthday, anniversary cake, candles on a cake",
    "vegetables": "vegetable, fresh produce, crate of vegetables, basket of vegetables, groceries",
    "glasses": "champagne, glasses of wine, toast with glasses, clinking glasses",
    "wine glass": "wine glass, wineglass, stemmed glass, wine glasses",
    "candle": "candle, candlelight, advent",
    "vase": "bouquet, vase of flowers, flower arrangement, cut flowers",
    "microscope": "microscope",
    "flask": "flask, beaker, vial, chemistry, erlenmeyer, laboratory glassware, glassware, reagent",
    "dna": (
        "dna, double helix, helix, gene, genome, genetic, genetics, genomics, crispr, "
        "chromosome, biotech, biotechnology"
    ),
    "telescope": "telescope, astronomy, stargazing",
    "satellite": "satellite, space telescope, satellites",
    "planet": "saturn, jupiter, ringed planet, gas giant, exoplanet",
    "robot": (
        "robot, android, humanoid robot, chatbot, artificial intelligence, ai assistant, machine "
        "learning, robotics, ai, ai agent"
    ),
    "robot arm": "robot arm, robotic arm, industrial robot, automation, automated arm",
    "atom": "atom, nuclear, physics, quantum, electron, particle, fusion",
    "heart": ("heart, love, valentine, wellbeing, compassion, kindness, charity"),
    "heartbeat": "heartbeat, cardiology, heart health, health, healthcare, pulse, heart attack, heart disease",
    "stethoscope": "stethoscope",
    "medicine": (
        "medicine, pill, medication, tablet of medicine, drug, pharmaceutical, capsule, prescription, antibiotic, "
        "vitamin"
    ),
    "laptop": "laptop, notebook computer, laptops, dashboard, website, remote work, e-commerce, webinar",
    "computer": (
        "computer, monitor, screen, desktop, programmer, coding, software, code, workstation, "
        "developer, source code, terminal, programming"
    ),
    "phone": "phone, smartphone, mobile, cellphone, app, mobile phone, social media, mobile app, messaging",
    "book": (
        "book, open book, novel, story, textbook, reading, literature, diary, poem, poetry, storytelling, dictionary"
    ),
    "books": "pile of books, stack of books, books, encyclopedia",
    "chart": (
        "chart, graph, bar chart, growth, revenue, profit, sales, growing sales, upward trend, "
        "rising arrow, statistics, earnings, line chart, increase, economic growth, gdp, "
        "performance figures, forecast, rising bars, kpi"
    ),
    "report": (
        "report, document, contract, paperwork, invoice, tax, policy, audit, annual "
        "report, memo, regulation, compliance, spreadsheet, legislation, papers on a desk"
    ),
    "light bulb": (
        "light bulb, lightbulb, idea, innovation, inspiration, invention, creativity, bulb, "
        "bright idea, insight, eureka"
    ),
    "gears": (
        "gear, cog, cogwheel, machine, mechanism, machinery, engineering, gears, process "
        "improvement, clockwork, efficiency, productivity, integration, optimisation, optimiz"
        "ation"
    ),
    "padlock": "padlock, lock, privacy, encryption, encrypted, data protection, confidential, password, gdpr",
    "shield": (
        "shield, security, cybersecurity, protection, insurance, safety, cyber security, firewall, antivirus, "
        "risk management, warranty, trust"
    ),
    "key": "key, keys, house key",
    "network": (
        "network, cloud computing, internet, connectivity, cloud network, nodes, connected "
        "nodes, interconnected, digital network, blockchain, microservices, connected devices, "
        "supply chain, data flow, iot, 5g, telecommunication, cloud migration, cloud platform, "
        "neural network"
    ),
    "server": "server, data centre, data center, server rack, database, hosting, mainframe, servers, supercomputer",
    "clock": "clock, time, deadline, time management, schedule, punctuality, wall clock",
    "hourglass": "hourglass, sand timer, passing time, patience, time running out, passage of time",
    "trophy": "trophy, award, prize, victory, medal, winning, champions, achievement, success, excellence",
    "money": (
        "money, coin, cash, finance, saving, savings, investment, currency, budget, wealth, "
        "funding, pension, loan, dividend, inflation, gold coin, salary, price, interest rate, "
        "interest rates, tuition fee, stack of coins, subsidy, fundraising"
    ),
    "scales": (
        "scales, balance scale, justice, law, scales of justice, legal, fairness, lawsuit, court "
        "ruling, equity, verdict, equality, human rights, ethics"
    ),
    "megaphone": (
        "megaphone, loudspeaker, announcement, marketing, advertising, campaign, promotion, "
        "loudhailer, bullhorn, public relations, advocacy, news release"
    ),
    "globe": (
        "globe, earth, world, climate, planet earth, global, worldwide, climate change, planet, "
        "international, sustainability, globalisation, globalization, environment, world map, "
        "geography, blue marble, global warming, biodiversity"
    ),
    "puzzle": "puzzle, jigsaw, puzzle piece, jigsaw piece, problem solving, problem-solving, solution, merger",
    "target": "target, goal, bullseye, objective, dartboard, accuracy, precision, strategy, aim",
    "envelope": "envelope, letter, email, mail, newsletter, invitation, inbox, e-mail, post office",
    "calendar": "calendar, agenda, appointment, planner, timetable, planning, annual plan, roadmap",
    "compass": "compass, direction, navigation, orientation, guidance, leadership, values",
    "guitar": "guitar, acoustic guitar, electric guitar",
    "piano": "piano, grand piano, keyboard instrument, pianist",
    "violin": "violin, fiddle, symphony, string instrument",
    "mask": "theatre mask, mask, drama, comedy and tragedy, masks, theatre play, carnival mask",
    "easel": "easel, canvas, painting, art studio",
    "palette": "paintbrush, paint palette, painter's palette, paint brush, art supplies, watercolour set",
    "ball": "ball, football, soccer, soccer ball, football match",
    "music": "music, song, melody, musical notes, sheet music, jazz, composer",
    "headphones": "headphones, podcast, headset, audiobook, earphone",
    "camera": "camera, photography, film camera, photograph equipment",
    "microphone": "microphone, mic",
    "umbrella": "umbrella, parasol",
    "shopping bag": (
        "shopping bag, shopping, retail, bag, purchase, bags, sale, black friday, customer loyalty, paper bag"
    ),
    "suitcase": "suitcase, luggage, baggage, holiday, vacation, tourism, travel, business trip",
    "gift": "gift, present, wrapped gift, gift box, christmas present",
    "flag": "flag, milestone, banner on a pole, finish flag, flag on a summit",
}

# General words, as they stand in negative prompts, and the drawings they cover.
KINDS = {
    "people": ("person", "child", "group", "team", "handshake", "cyclist"),
    "human": ("person", "child", "group", "team", "handshake", "cyclist"),
    "vehicle": ("car", "bus", "lorry", "train", "bicycle", "tractor", "cyclist"),
    "boat": ("boat", "sailboat", "tall ship", "cargo ship", "rowing boat"),
    "ship": ("boat", "sailboat", "tall ship", "cargo ship", "rowing boat"),
    "bird": ("bird", "flying bird", "seabird", "puffin", "penguin"),
    "building": ("castle", "courthouse", "house", "skyscraper", "factory", "lighthouse", "market stall"),
}
