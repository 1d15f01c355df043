"""Words that name something the illustrator can draw, with the role they give it where it has one."""

from __future__ import annotations

# Drawing -> words; "word:role" gives people and variants their role.
SUBJECTS = {
    "person": (
        "person, man, woman, figure, human, silhouette, someone, individual, adult, citizen, customer, visitor, employee, colleague, friend, parent, mother, father, resident, guest, "
        "fisherman:fisherman, fisher:fisherman, sailor:fisherman, angler:fisherman, fishermen:fisherman, farmer:farmer, grower:farmer, shepherd:farmer, peasant:farmer, gardener:gardener, doctor:doctor, physician:doctor, surgeon:doctor, patient:waver, nurse:nurse, "
        "caregiver:nurse, midwife:nurse, scientist:scientist, researcher:scientist, chemist:scientist, biologist:scientist, lab technician:scientist, engineer:engineer, architect:engineer, surveyor:engineer, technician:engineer, inspector:engineer, construction worker:worker, worker:worker, "
        "labourer:worker, builder:worker, electrician:worker, mechanic:worker, plumber:worker, welder:worker, craftsman:worker, artisan:worker, carpenter:worker, miner:worker, chef:chef, cook:chef, baker:baker, barista:barista, waiter:barista, waitress:barista, shopkeeper:barista, "
        "vendor:barista, seller:barista, teacher:teacher, professor:teacher, instructor:teacher, lecturer:teacher, mentor:teacher, coach:teacher, presenter:presenter, speaker:speaker, trainer:teacher, politician:speaker, student:student, pupil:student, "
        "commuter:business, businesswoman:business, businessman:business, entrepreneur:business, manager:business, executive:business, lawyer:business, banker:business, investor:business, musician:musician, guitarist:musician, singer:singer, performer:singer, actor:singer, "
        "dancer:dancer, ballerina:dancer, painter:painter, artist:painter, illustrator:painter, runner:runner, jogger:runner, athlete:runner, sprinter:runner, hiker:hiker, walker:hiker, backpacker:hiker, trekker:hiker, explorer:hiker, wanderer:hiker, ranger:hiker, "
        "climber:climber, mountaineer:climber, alpinist:climber, mountain climber:climber, astronaut:astronaut, cosmonaut:astronaut, firefighter:firefighter, fireman:firefighter, traveller:traveller, traveler:traveller, tourist:traveller, passenger:traveller, "
        "photographer:photographer, reader:reader, winner:winner, champion:winner, judge:judge, skier:skier, diver:diver, pedestrian:walker, passer-by:walker, grandmother:elder, grandfather:elder, elderly:elder, pensioner:elder, grandparent:elder"
    ),
    "child": "child, kid, boy, girl, toddler, schoolchild, daughter, son, infant",
    "group": "people, crowd, group of people, community, audience, family, friends, men, women, citizens, customers, visitors, neighbours, neighbors, volunteers, team members, participants, guests, youth, fans",
    "team": "team, teamwork, colleagues, coworkers, co-workers, meeting, brainstorm, brainstorming, collaboration, collaborating, workshop session, board meeting, colleagues around a table, people around a table",
    "handshake": "handshake, shaking hands, shake hands, partnership, agreement, business deal",
    "cyclist": "cyclist, biker, cycling, riding a bicycle, riding a bike, bike ride, bicycle courier",
    "bicycle": "bicycle, bike, e-bike, bikes",
    "car": "car, automobile, electric car, taxi, vehicle, sedan, electric vehicle, ev",
    "bus": "bus, coach bus, minibus, school bus, electric bus, public transport",
    "lorry": "lorry, truck, delivery van, van, delivery truck",
    "train": "train, railway, locomotive, high-speed train, tram, metro, subway, rail",
    "boat": "boat, fishing boat, trawler, vessel, tugboat, ferry, fishing vessel, motorboat, cutter",
    "sailboat": "sailboat, sailing boat, yacht, dinghy, regatta, sail boat, sailing yacht",
    "tall ship": "sailing ship, tall ship, galleon, schooner, ship, longship, viking ship, caravel",
    "cargo ship": "cargo ship, container ship, freighter, tanker, shipping containers, container vessel, cruise ship, shipping",
    "rowing boat": "rowing boat, rowboat, canoe, kayak, row boat, gondola, punt",
    "aeroplane": "aeroplane, airplane, plane, jet, aircraft, airliner, passenger jet",
    "helicopter": "helicopter, chopper",
    "balloon": "hot-air balloon, hot air balloon, balloon, balloons",
    "tractor": "tractor, combine harvester, harvester",
    "rocket": "rocket, spaceship, spacecraft, space shuttle, rocket launch, launch vehicle, startup launch",
}

# General words, as they stand in negative prompts, and the drawings they cover.
KINDS = {
    "people": ("person", "child", "group", "team", "handshake", "cyclist"),
    "human": ("person", "child", "group", "team", "handshake", "cyclist"),
    "animal": ("cat", "dog", "horse", "cow", "sheep", "bird", "seabird", "puffin", "fish", "whale", "butterfly", "bee"),
    "vehicle": ("car", "bus", "lorry", "train", "bicycle", "tractor"),
    "ship": ("boat", "sailboat", "tall ship", "cargo ship", "rowing boat"),
    "building": ("house", "skyscraper", "factory", "lighthouse", "market stall"),
}
