"""Words of setting, season, weather, hour, mood and look, and phrases that name no thing to draw."""

from __future__ import annotations

SETTINGS = {
    "sea": (
        "sea, ocean, open water, open sea, high seas, waves, wave, swell, marine, offshore, atlantic, "
        "pacific, north sea, sail, sailing, voyage, maritime, horizon of water"
    ),
    "coast": (
        "coast, beach, shore, shoreline, seaside, seashore, coastal, cove, bay, tropical island, island, "
        "lagoon, skerry, fjord coast, surf, lighthouse, tide, dune beach, coastline"
    ),
    "cliff": (
        "cliff, sea cliff, clifftop, headland, seabird colony, sea stack, westman islands, rocky coast, "
        "rugged coast, promontory, cape"
    ),
    "harbour": (
        "harbour, docker, harbor, port, quay, pier, dock, marina, jetty, wharf, waterfront, seaport, docks, "
        "shipyard, "
        "canal, fishing village"
    ),
    "lake": ("lake, pond, fjord, waterfall, reservoir, wetland, marsh, lakeside, hydropower, dam, glacier lake"),
    "river": (
        "river, riverbank, bank of the river, stream, brook, riverside, creek, estuary, delta, river bend, "
        "broad river, slow river"
    ),
    "walls": (
        "old stone walls, old stone wall, old stone steps, stone steps, among ruins, castle ruins, ruins, old walls, "
        "city walls, cloister, castle courtyard, ruined abbey"
    ),
    "corridor": (
        "corridor, bright corridor, hospital corridor, school corridor, office corridor, hallway, long hallway"
    ),
    "mountains": (
        "mountain, peak, summit, alps, alpine, ridge, valley, highland, hike, hiking trail, mountaineering, "
        "volcano, canyon, himalaya, climbing wall, rock face, mountain pass, altitude"
    ),
    "forest": (
        "forest, wood, woods, woodland, jungle, rainforest, grove, trees, pine, birch, canopy, undergrowth, "
        "forest path, forest floor, taiga"
    ),
    "field": (
        "field, meadow, farm, farmland, countryside, prairie, crop, wheat, pasture, rural, hill, rolling "
        "hill, grassland, orchard, harvest, agriculture, wide plain, open plain, great plains, ranch, barley, "
        "corn, hay, tulip field, "
        "steppe, turbines on hills"
    ),
    "desert": ("desert, dune, sahara, sand dune, arid, oasis, badland, mesa, drought"),
    "city": (
        "city, skyline, metropolis, downtown, urban, cityscape, skyscraper, rooftop, business district, high- "
        "rise, megacity, smart city, financial district, town from above"
    ),
    "street": (
        "street, road, avenue, sidewalk, pavement, alley, crosswalk, town, high street, shopfront, "
        "storefront, neighbourhood, neighborhood, traffic, bus stop, in front of a cafe, outside a cafe, cafe "
        "front, cobbled, cobblestone, bakery front, suburb, front steps"
    ),
    "garden": (
        "garden, on a bench, park, botanical, backyard, greenhouse, allotment, playground, lawn, flowerbed, picnic, "
        "courtyard, park bench, terrace garden"
    ),
    "snow": (
        "snowy landscape, snowfield, glacier, tundra, ice, frozen, ski slope, snowland, snowy, blizzard, icy, "
        "permafrost"
    ),
    "office": (
        "office, meeting room, boardroom, conference room, workplace, coworking, workspace, desk, meeting, "
        "open-plan, headquarters, control room, call centre, studio desk, conference, home office"
    ),
    "home": (
        "by the window, beside a window, by an open window, by a window, windowsill, on a chair, living room, "
        "home, bedroom, "
        "sofa, couch, apartment, lounge, cosy room, cozy room, fireplace, armchair, indoors, interior, "
        "bedside, nursery, window seat, attic, sitting room, hotel room, dining room"
    ),
    "kitchen": (
        "kitchen, table, tabletop, kitchen table, dining table, countertop, wooden table, breakfast, dinner, "
        "lunch, still life, worktop, cutting board, pantry"
    ),
    "classroom": (
        "classroom, school, lecture hall, university, schoolroom, blackboard, chalkboard, whiteboard, "
        "lecture, lesson, seminar, study room, campus, workshop session"
    ),
    "library": (
        "library, university library, school library, public library, bookshelves, bookshelf, bookshop, "
        "reading room, archive, bookstore"
    ),
    "laboratory": (
        "laboratory, lab, research lab, lab bench, workbench, cleanroom, test bench, pharmacy, research facility"
    ),
    "workshop": ("workshop, craft workshop, carpentry, forge, atelier, garage, repair shop"),
    "warehouse": ("warehouse, logistics centre, distribution centre, depot, stockroom, shop floor"),
    "stage": (
        "stage, theatre, theater, concert hall, spotlight, auditorium, podium, opera, on stage, concert, "
        "keynote, performance, award ceremony, cinema, ballet, festival stage, gala"
    ),
    "space": (
        "space, outer space, galaxy, nebula, orbit, cosmos, universe, solar system, interstellar, milky way, "
        "deep space, low earth orbit, starfield, field of stars, sea of stars"
    ),
    "lunar": (
        "lunar surface, moon surface, surface of the moon, on the moon, lunar, moon base, mars surface, "
        "surface of mars, martian"
    ),
    "underwater": (
        "underwater, coral reef, seabed, under the sea, ocean floor, deep sea, reef, kelp, diving, seafloor, "
        "beneath the waves, below the surface, beneath the surface"
    ),
    "sky": (
        "above the clouds, sky full of, among clouds, in the sky, clouds below, mid-air, midair, cloudscape, "
        "through the clouds, bank of clouds, towering clouds, flight, over the clouds, cloud computing sky"
    ),
    "abstract": (
        "abstract, geometric, gradient background, pattern, shapes, minimal background, conceptual, flowing "
        "lines, waves of colour, texture background, wallpaper, bauhaus, composition of circles"
    ),
    "village": (
        "village, small village, hamlet, market town, old roofs, village street, parish, cottages, rural "
        "community, historic quarter, old town"
    ),
    "savanna": ("savanna, savannah, safari, serengeti, african plain, golden grassland, animal trails"),
    "polar": (
        "polar, polar landscape, arctic, antarctic, antarctica, iceberg, ice floes, drifting ice, floes, "
        "field of ice, greenland, north pole, south pole, ice sheet, pack ice, polar ice"
    ),
    "vineyard": ("vineyard, vineyards, rows of vines, between the vines, winery, wine country, wine region"),
    "market": (
        "market, open-air market, bazaar, market stalls, market square, street market, crowded stalls, "
        "farmers market, flea market, greengrocer, market trader"
    ),
    "square": (
        "square, plaza, public square, piazza, city square, town square, parade, carnival, street festival, "
        "demonstration"
    ),
    "temple": (
        "temple grounds, old temple, grounds of an old temple, shrine grounds, temple garden, pagodas, raked "
        "courtyard, temple"
    ),
    "railway": (
        "railway, railway station, railway line, train station, station platform, rail tracks, railway "
        "tracks, on the platform, on a platform"
    ),
    "construction": ("building site, construction site, scaffolding, construction, renovation, demolition"),
    "stadium": ("stadium, football pitch, arena, floodlit stadium, sports ground, tennis court, world cup, olympic"),
    "road": (
        "open road, highway, motorway, country road, road trip, freeway, straight road, empty road, tree- lined lane"
    ),
    "energy": "wind turbines and solar panels, among wind turbines and solar panels",
    "wind farm": "wind farm, among wind turbines, high on a turbine",
    "solar farm": "solar farm, rows of solar panels, fields of solar panels, solar park",
    "hospital": (
        "hospital, hospital ward, ward, clinic, hospital room, treatment "
        "room, surgery, consulting room, operating room, waiting room, emergency room, nursing home, health "
        "centre, calm hospital ward"
    ),
    "museum": (
        "museum, luminous canvas, gallery, art gallery, exhibition, museum hall, museum gallery, "
        "exhibition hall, auction house"
    ),
    "shop": (
        "shop, boutique, supermarket, shop interior, well-kept shop, department store, grocery, retail "
        "store, shop assistant, arranging goods, pharmacy interior"
    ),
    "cafe": (
        "over an empty table, cafe, coffee shop, restaurant, coffee house, bistro, bar counter, dining room, "
        "inviting restaurant, "
        "cosy dining room, pub, tea room, tavern, canteen"
    ),
    "gym": (
        "gym, fitness studio, exercise room, light exercise room, sports hall, yoga studio, fitness centre, "
        "dance studio"
    ),
    "factory": (
        "factory floor, factory hall, assembly line, production line, manufacturing, plant floor, machine "
        "hall, gigafactory, steelworks hall, industrial hall"
    ),
    "datacentre": (
        "data centre, data center, server hall, server room, server racks, rows of racks, softly lit server "
        "hall, control room"
    ),
    "bakery": "bakery, small bakery, bakery shelves, bakehouse, patisserie",
    "hall": (
        "public hall, grand public hall, assembly hall, grand assembly hall, courtroom, court room, wide stair, "
        "plenary hall, foyer, lobby, grand hall, ballot box, polling station"
    ),
    "observatory": ("dome of an observatory, in an observatory, inside an observatory"),
    "deck": "over the rail, deck of a boat, wooden deck of a boat, deck of a ship, on deck, deck of a ferry",
    "course": "running course, race course, race track, marathon course, running track, athletics track",
    "airport": (
        "airport, ground crew, airport hall, departure hall, departure lounge, airport terminal, airport gate, check-in"
    ),
}

SEASONS = {
    "spring": "spring, springtime, blossom, blossoming, cherry blossom, in bloom, may, april",
    "summer": "summer, summertime, midsummer, july, june, august, tropical",
    "autumn": (
        "autumn, autumnal, fall colours, fall leaves, fall foliage, october, november, "
        "september, harvest, golden leaves, autumn leaves"
    ),
    "winter": (
        "winter, wintry, wintertime, snowy, snow, snow-covered, christmas, frost, frosty, "
        "december, january, ice, frozen, arctic, polar, icy, antarctic"
    ),
}

WEATHER = {
    "storm": "storm, stormy, thunder, lightning, gale, hurricane, tempest, heavy rain, thunderstorm",
    "rain": "rain, rainy, drizzle, raining, downpour, shower, wet street, puddles, monsoon",
    "snow": "snowfall, snowing, snowflake, blizzard, falling snow, snow falling, snowstorm",
    "fog": "fog, foggy, mist, misty, hazy, haze, smog",
    "overcast": "overcast, grey sky, gray sky, gloomy, grey day, leaden, grey clouds, dark clouds, diffuse light",
    "cloudy": "cloudy, partly cloudy, fluffy clouds, clouds, cumulus, drifting clouds",
    "clear": "clear sky, clear, cloudless, sunny, bright sun, blue sky, clear day, starry",
}

HOURS = {
    "dawn": "dawn, daybreak, first light, early light, sunrise, early morning, break of day",
    "morning": "morning, morning light, fresh light",
    "day": "midday, noon, daylight, bright day, sunny, high sun, daytime, broad daylight",
    "golden": (
        "golden hour, golden light, late afternoon, low sun, warm low light, afternoon, warm "
        "light, evening sun, low light, golden evening, warm glow, long shadows, warm sunlight"
    ),
    "sunset": "sunset, sundown, setting sun, red sky, evening sky, evening light",
    "dusk": "dusk, twilight, blue hour, evening, nightfall, gloaming",
    "night": (
        "night, midnight, nighttime, moonlight, moonlit, starry, starry sky, stars, night sky, "
        "by night, deep darkness, moon, full moon, northern lights, aurora, neon, dark sky, milky way"
    ),
}

MOODS = {
    "calm": "calm, serene, peaceful, quiet, tranquil, still, gentle, soothing, contemplative, meditative, restful",
    "warm": (
        "warm, cosy, cozy, hopeful, optimistic, friendly, welcoming, cheerful, joyful, happy, "
        "inviting, nostalgic, tender"
    ),
    "energetic": (
        "energetic, dynamic, lively, vibrant, bold, festive, bustling, celebratory, exciting, "
        "playful, colourful, colorful, vivid"
    ),
    "sombre": (
        "sombre, somber, melancholic, melancholy, sad, lonely, gloomy, wistful, reflective, bleak, grave, mourning"
    ),
    "dramatic": "dramatic, epic, heroic, mysterious, moody, tense, ominous, majestic, powerful, cinematic",
    "cool": "cool, crisp, clean, fresh, clinical, cold tones, cool tones, cool light, icy",
    "muted": "muted, subdued, faded, desaturated, pastel, soft colours, soft colors, understated, earthy",
}

LOOKS = {
    "isometric": "isometric, isometric illustration, isometric view, axonometric",
    "papercut": (
        "paper cut, papercut, paper-cut, cut paper, layered paper, paper craft, papercraft, "
        "paper art, paper collage, cut-paper, cut-out"
    ),
    "line": (
        "line art, line drawing, ink drawing, pen and ink, sketch, pencil drawing, pencil "
        "sketch, line illustration, engraving, etching, continuous line, outline drawing, "
        "hand-drawn lines, woodcut, linocut, charcoal drawing"
    ),
    "watercolour": (
        "watercolour, watercolor, watercolour wash, aquarelle, gouache, ink wash, painted wash, "
        "loose wash, painterly, oil painting, impressionist"
    ),
    "poster": (
        "poster, risograph, riso print, screen print, screenprint, travel poster, retro poster, "
        "vintage poster, halftone, pop art, art deco, retro"
    ),
    "blueprint": "blueprint, technical drawing, cyanotype, schematic, technical blueprint, white lines on blue",
    "flat": ("flat vector, vector illustration, flat design, flat illustration, vector art, minimal illustration"),
}

FRAMINGS = {
    "close": "close-up, close up, closeup, macro, detail of, portrait of, tight crop, extreme close-up, macro"
    " photograph, macro study, filling the view, filling the frame",
    "aerial": (
        "aerial view, view from high above, bird's-eye view, from high above, drone photograph, aerial photograph, "
        "straight down, seen from above, overhead view, top-down, from the air, overhead photograph, top-down "
        "photograph, "
        "town from above, seen as a map, seen as a plan, bird's-eye illustration"
    ),
    "wide": (
        "wide shot, wide view, panorama, panoramic, landscape "
        "view, sweeping view, vast, wide angle, establishing shot, far away, wide view, tiny against the breadth "
        "of the view"
    ),
}

# Phrases whose words would otherwise be taken for things.
IDLE = (
    "blurred crowd, climbing beans, sea turtle, car bonnet, open bonnet, "
    "through the doorway, near the window, in the air, stone oven, pizza oven, bread oven, station clock, "
    "camera blur, camera shake, plastic look, brand marks, number plates, "
    "portrait of a group, through the window, like a small planet, small parts in orbit, parts in orbit, "
    "in the form of, form of, at work, points of warm light, mood board, crisp focus on, "
    "lens, mm lens, 35 mm lens, old master, open air, in the open air, fine grain, wooden deck, handrail, "
    "carousel horse, rocking horse, snow leopard, water buffalo, mountain goat, highland cow, guinea pig, sea lion, "
    "big cat, wild cat, cowboy hat, flat cap, beach ball, american football, oil barrel, oil drum, barrel of oil, "
    "milk carton, potato chips, radio telescope, snow globe, glass door, garden gate, iron gate, "
    "farm gate, spiral staircase, model aircraft, small aircraft, toy boat, toy car, toy train, rescue boat, "
    "toilet paper, circuit board, frame of a house, frame of a new house, frame of the new house, "
    "solar oven, solar cooker, war ship, space ship, prairie dog, mountain lion, gummy bear, sun bear, goldfish bowl, "
    "handrails, guard rail, brass rail, river bank, left bank, both banks, data bank, fish bank, "
    "spring onion field, light source, studio light, book of, open-plan, hot spot, horse power, cat walk, bull run, "
    "bear market, bull market value, mouse click, computer mouse, seal of approval, sealed plain envelope, wax seal, "
    "crane operator, bat signal, shed light, light year, dead sea, red tape, green light to, blue chip, hot potato, "
    "turning point, state of the art, rule of law, crew cut, paper grain, soft shadow, deep focus, "
    "tilt shift, film-like grade, one light source, wide-angle, crisp focus, razor-thin focus, eye level, "
    "available light, colour grade, cinematic wide-angle, reportage, head of, at the head, face of, chess-like, "
    "rolling stock, stock photo, raise the bar, key to, key figure, key role, balance sheet, round table talks, "
    "table tennis table, window of opportunity, snowball effect, domino effect, tip of the iceberg, cloud of dust, "
    "glass ceiling, star player, star chef, movie star, film star, rock star, five-star, rising star, "
    "leaves no, leaves the, leaves a, leaves for, bats an, watch out, watch over, plain backdrop, seamless backdrop, "
    "paper backdrop, plain paper backdrop, "
    "camera angle, tectonic plate, number plate, on the bench, lab bench, test bench, "
    "camera view, low angle, birds eye view, worm's-eye view, "
    "eye level, depth of field, rule of thirds, "
    "field of view, negative space, white space, copy space, open space, empty space, space "
    "for text, space for a title, room for text, time of day, natural light, soft light, in "
    "the foreground, in the background, at the heart of, "
    "heart of, light bulb moment, key light, rim light, in light of, still life photograph, "
    "leading lines, line of sight, in line with, on the other hand, by hand, hand drawn, "
    "hand-drawn, book cover, poster design, high resolution, clean lines, simple shapes, "
    "bold shapes, flat shapes, geometric shapes, fish-eye, fisheye, bokeh, no text, without "
    "text, "
    "cat's eye, rock music, power of, spring water, a stage of, stages of, early stage, at "
    "every stage, next stage, market share, stock market, housing market, job market, market "
    "leader, "
    "ball park, plant a seed, glass ceiling, wood grain, paper grain, paper texture, film "
    "grain, dog-eared, fish out of water, piece of cake, "
    "rocket science, world-class, bear in mind, well-being, train of thought, star rating, "
    "field study, field of research, field of study, school of thought, "
    "table of contents, scale of, on a large scale, large scale, small scale, grey scale, "
    "greyscale, grayscale, drawn in, light source, bridge the gap, bridging the gap, home "
    "page, "
    "sea change, city council, town hall meeting, data lake, cash flow, workflow, "
    "rose tinted, sand coloured, orange juice, police station, polling station, "
    "gas station, car park, iceberg "
    "metaphor, "
    "sun-drenched, warm colours, cool colours, palette of, colour palette, in shades of, "
    "tones of, style of, stained glass, golden ratio, bird flu, eye contact"
)
