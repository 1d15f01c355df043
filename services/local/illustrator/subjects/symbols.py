"""Toys, festive things, signs and the forces of nature."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet("""
@kite air .8 80 sky .4 : kite, kites, kite flying
M!^ M0 -104L36 -62L0 -6L-36 -62Z
2= M0 -104L36 -62H0ZM0 -62H-36L0 -6Z
k= l2 M0 -6Q20 10 -4 20
@building_blocks table .3 130 home .34 : building blocks, blocks, wooden blocks, toy bricks, bricks, toy blocks, interlocking blocks, lego, wooden toys, toys, toy, tower of wooden blocks
r!^ r -60 -38 38 38 3
b^ r -20 -38 38 38 3
y^ r 22 -38 38 38 3
g^ r -38 -78 38 38 3
o^ r 2 -78 38 38 3
u^ M-18 -78L2 -112L22 -78Z
@doll table .3 60 home .44 : doll
#8a4a2a= c 0 -82 20
f~ c 0 -80 15
k= c -5 -82 2
k= c 6 -82 2
M!^ M-12 -64H12L30 -14H-30Z
f= l6 M-12 -58L-28 -34M12 -58L28 -34
f= l6 M-8 -14V0M8 -14V0
@spinning_top table .1 90 home .3 : spinning top, top toy
n= r -3 -102 6 30 2
M!^ M-44 -66Q0 -90 44 -66Q40 -40 6 -12L0 2L-6 -12Q-40 -40 -44 -66Z
2= M-44 -62Q0 -46 44 -62L40 -48Q0 -34 -40 -48Z
@rubber_duck water .1 110 home .36 : rubber duck, toy duck, bath duck
y!^ M-52 -40Q-54 0 0 2Q52 0 52 -34Q54 -44 46 -44Q34 -46 22 -48Q-20 -30 -52 -40Z
y!~ c 20 -70 28
o= M42 -76L66 -70L42 -60Z
k= c 28 -76 4
y!- M-26 -30Q0 -36 14 -22Q-4 -8 -20 -14Z
@party_balloons air .6 100 sky .46 : party balloons, toy balloons, balloon party, birthday balloons, red balloon
k= l1.4 M-26 -50L0 4M26 -48L0 4M0 -66L0 4
r!~ o -28 -74 20 25
b~ o 28 -72 20 25
y~ o 0 -86 20 25
@fireworks air 20 120 city .5 : fireworks, firework, celebration, new year, new year's eve, burst of fireworks, jubilee, independence day
y!* l1.6 M1 -66Q13 -66 25 -63M1 -64Q15 -60 27 -53M-0 -62Q14 -53 26 -42M-1 -61Q7 -51 16 -38M-3 -60Q3 -46 9 -29M-5 -59Q-3 -47 -2 -32M-7 -59Q-9 -45 -11 -28M-9 -60Q-16 -45 -22 -28M-11 -61Q-19 -51 -28 -38M-12 -62Q-25 -54 -37 -43M-13 -64Q-25 -61 -36 -54M-13 -66Q-27 -66 -41 -63M-13 -68Q-29 -73 -42 -73M-12 -70Q-23 -77 -34 -80M-11 -71Q-21 -83 -30 -90M-9 -72Q-14 -84 -19 -91M-7 -73Q-9 -87 -11 -97M-5 -73Q-3 -89 -1 -100M-3 -72Q2 -85 8 -93M-1 -71Q9 -83 18 -90M-0 -70Q10 -76 20 -80M1 -68Q15 -72 27 -72
w*%80 M32.3 -55.5h2.6v2.6h-2.6ZM31.0 -43.4h2.6v2.6h-2.6ZM26.2 -31.7h2.6v2.6h-2.6ZM17.8 -21.4h2.6v2.6h-2.6ZM4.0 -22.8h2.6v2.6h-2.6ZM-7.3 -18.8h2.6v2.6h-2.6ZM-19.8 -18.2h2.6v2.6h-2.6ZM-32.4 -21.4h2.6v2.6h-2.6ZM-37.5 -35.0h2.6v2.6h-2.6ZM-45.6 -43.4h2.6v2.6h-2.6ZM-51.1 -54.4h2.6v2.6h-2.6ZM-53.2 -67.0h2.6v2.6h-2.6ZM-43.7 -77.8h2.6v2.6h-2.6ZM-39.1 -88.5h2.6v2.6h-2.6ZM-31.2 -97.9h2.6v2.6h-2.6ZM-20.4 -105.0h2.6v2.6h-2.6ZM-7.3 -101.2h2.6v2.6h-2.6ZM4.6 -101.4h2.6v2.6h-2.6ZM16.6 -97.9h2.6v2.6h-2.6ZM27.8 -90.8h2.6v2.6h-2.6ZM29.1 -77.8h2.6v2.6h-2.6ZM34.4 -66.9h2.6v2.6h-2.6Z
r* l1.5 M45 -34Q53 -34 60 -32M45 -32Q53 -29 61 -23M44 -30Q51 -23 58 -14M42 -29Q45 -22 48 -12M40 -29Q40 -19 40 -8M38 -29Q35 -22 32 -13M36 -30Q30 -24 24 -16M35 -32Q26 -28 17 -22M35 -34Q27 -34 18 -32M35 -36Q26 -40 18 -41M36 -38Q31 -43 26 -46M38 -39Q35 -47 31 -53M40 -39Q40 -50 40 -56M42 -39Q45 -46 48 -52M44 -38Q50 -44 57 -48M45 -36Q52 -39 59 -40
y*%80 M65.2 -25.5h2.6v2.6h-2.6ZM62.3 -14.8h2.6v2.6h-2.6ZM55.3 -5.6h2.6v2.6h-2.6ZM44.8 0.5h2.6v2.6h-2.6ZM33.4 -4.3h2.6v2.6h-2.6ZM22.9 -6.9h2.6v2.6h-2.6ZM13.9 -13.8h2.6v2.6h-2.6ZM8.0 -24.1h2.6v2.6h-2.6ZM12.2 -36.0h2.6v2.6h-2.6ZM15.1 -46.4h2.6v2.6h-2.6ZM22.1 -55.3h2.6v2.6h-2.6ZM32.6 -61.0h2.6v2.6h-2.6ZM44.0 -57.2h2.6v2.6h-2.6ZM54.5 -54.2h2.6v2.6h-2.6ZM63.5 -47.0h2.6v2.6h-2.6ZM69.4 -36.4h2.6v2.6h-2.6Z
b* l1.5 M-38 -22Q-32 -22 -26 -20M-38 -20Q-32 -17 -26 -12M-40 -19Q-34 -12 -30 -4M-41 -18Q-40 -12 -38 -3M-43 -18Q-45 -10 -46 -1M-44 -19Q-48 -14 -52 -8M-46 -20Q-52 -17 -58 -12M-46 -22Q-54 -22 -62 -20M-46 -24Q-52 -27 -58 -28M-44 -25Q-49 -31 -54 -35M-43 -26Q-44 -32 -46 -36M-41 -26Q-39 -33 -38 -38M-40 -25Q-34 -32 -30 -36M-38 -24Q-32 -27 -26 -28
w*%80 M-21.9 -14.5h2.6v2.6h-2.6ZM-25.2 -4.8h2.6v2.6h-2.6ZM-32.7 2.9h2.6v2.6h-2.6ZM-43.3 6.6h2.6v2.6h-2.6ZM-52.8 0.5h2.6v2.6h-2.6ZM-61.4 -4.8h2.6v2.6h-2.6ZM-67.0 -13.7h2.6v2.6h-2.6ZM-68.2 -24.6h2.6v2.6h-2.6ZM-60.5 -33.1h2.6v2.6h-2.6ZM-53.4 -40.1h2.6v2.6h-2.6ZM-43.3 -43.4h2.6v2.6h-2.6ZM-32.2 -41.9h2.6v2.6h-2.6ZM-26.1 -33.1h2.6v2.6h-2.6ZM-20.7 -24.4h2.6v2.6h-2.6Z
@christmas_tree ground 2 90 home .54 : christmas tree, xmas tree, decorated tree, christmas, yule
e^ r -6 -12 12 14
G!^ M0 -96L24 -64H12L34 -38H18L42 -10H-42L-18 -38H-34L-12 -64H-24Z
y* M0 -108L4 -98L14 -98L6 -92L9 -82L0 -88L-9 -82L-6 -92L-14 -98L-4 -98Z
r* c -8 -66 4
y* c 8 -52 4
b* c -16 -40 4
r* c 14 -28 4
y* c -20 -18 4
r* c 2 -22 4
@snowman ground 1.6 80 snow .46 : snowman, snow figure
w!~ c 0 -24 27
w!~ c 0 -62 20
w!~ c 0 -90 14
k= r -12 -110 24 14
k= r -18 -99 36 4
o= M2 -90L20 -86L2 -84Z
k= c -5 -94 2
k= c 5 -94 2
e= l3 M-18 -64L-44 -80M18 -64L44 -80
r= l6 M-14 -76Q0 -68 14 -76
@bell table .3 90 studio .42 : bell, church bell, brass bell, handbell, notification, bells, alarm bell
y!~ M-8 -92H8Q30 -84 30 -44Q32 -26 44 -14H-44Q-32 -26 -30 -44Q-30 -84 -8 -92Z
y!- r -46 -16 92 7 3
e= c 0 -4 8
y!= l5 M0 -92A7 7 0 1 1 0.1 -92
@wreath emblem .5 110 home .46 : wreath, laurel, laurel wreath, garland
G!= l17 M0 -92A40 40 0 1 1 -0.1 -92
g!= l6 M-38 -72L-26 -60M-44 -48L-28 -48M-34 -22L-24 -34M34 -22L24 -34M44 -48L28 -48M38 -72L26 -60
r= c -30 -76 6
r= c 32 -74 6
r= c -38 -40 6
r= c 38 -38 6
r= M0 -12L-24 -22V4ZM0 -12L24 -22V4Z
@paper_lantern air .5 70 garden .42 : paper lantern, paper lanterns, lanterns, chinese lantern, strings of lanterns, sky lantern
y*%20 c 0 -54 50
r!* M-14 -96H14Q40 -80 40 -54Q40 -28 14 -12H-14Q-40 -28 -40 -54Q-40 -80 -14 -96Z
y*%50 M-6 -96H6Q16 -54 6 -12H-6Q-16 -54 -6 -96Z
k= r -16 -100 32 6 2
k= r -16 -14 32 6 2
y= l2 M0 -8V6M-6 -8V4M6 -8V4
@star emblem 1 110 studio .46 : golden star, star rating, stars of quality, gold star, five-star review, paper stars, rating, review, reputation, favourite, constellation of points
y!^ M0 -104L16 -68L56 -64L26 -38L36 2L0 -20L-36 2L-26 -38L-56 -64L-16 -68Z
y!- M0 -104L16 -68L0 -50ZM56 -64L26 -38L0 -50ZM36 2L0 -20V-50ZM-36 2L-26 -38L0 -50ZM-56 -64L-16 -68L0 -50Z
@sun emblem 4 120 sky .42 : sun, sunshine, solar energy symbol, the sun, sun disc, vitamin d, solar flare, blazing sun, solar eclipse
y!* l5 M0 -108V-96M0 -4V8M-58 -50H-46M46 -50H58M-41 -91L-33 -83M41 -91L33 -83M-41 -9L-33 -17M41 -9L33 -17
y!~ c 0 -50 38
@moon emblem 4 90 space .42 : moon, crescent moon, crescent, half moon, lunar eclipse, harvest moon, moon globe, moonrise
c!~ M14 -102Q-44 -94 -44 -50Q-42 -4 14 2Q44 0 50 -16Q0 -14 -2 -54Q0 -84 50 -80Q40 -100 14 -102Z
e=%25 c -22 -62 7
e=%25 c -14 -32 9
e=%25 c -6 -82 5
@cloud emblem 3 150 sky .36 : cloud, fluffy cloud, rain cloud, storm cloud, cloud storage, bank of clouds
w!^ M-58 -12Q-84 -16 -76 -42Q-66 -60 -48 -54Q-44 -92 -6 -92Q26 -90 32 -62Q60 -66 70 -40Q74 -14 50 -12Z
w!_%30 M-58 -12Q-84 -16 -76 -42Q-60 -20 -10 -24Q40 -20 72 -34Q72 -14 50 -12Z
@lightning emblem 4 70 sky .5 : lightning bolt, lightning, bolt of lightning, thunderbolt, power surge
y!* M12 -104L-34 -44H-4L-18 4L36 -62H4Z
@snowflake emblem 1 100 snow .46 : snowflake, snowflakes, ice crystal, frost, cold wave, freeze
w!* l6 M0 -102V2M-45 -76L45 -24M-45 -24L45 -76M-12 -96L0 -84L12 -96M-12 -4L0 -16L12 -4M-44 -60L-28 -66L-30 -84M44 -40L28 -34L30 -16M-44 -40L-28 -34L-30 -16M44 -60L28 -66L30 -84
@rainbow emblem 30 180 field .4 : rainbow, pride, diversity, inclusion, lgbt
r= l9 M-84 0Q-80 -96 0 -96Q80 -96 84 0
o= l9 M-75 0Q-72 -87 0 -87Q72 -87 75 0
y= l9 M-66 0Q-62 -78 0 -78Q62 -78 66 0
g= l9 M-57 0Q-54 -69 0 -69Q54 -69 57 0
b= l9 M-48 0Q-44 -60 0 -60Q44 -60 48 0
u= l9 M-39 0Q-36 -51 0 -51Q36 -51 39 0
@flame ground 1.4 90 field .42 : fire, flame, flames, bonfire, campfire, wildfire, blaze, burning, wildfires, camp fire, forest fire, combustion
e^ M-44 -2L40 -18L44 -8L-40 6Z
e- M44 -2L-40 -18L-44 -8L40 6Z
r* M0 -10Q-46 -14 -34 -54Q-28 -44 -20 -46Q-26 -80 6 -104Q4 -80 22 -64Q28 -68 28 -78Q46 -50 34 -26Q26 -10 0 -10Z
o* M0 -10Q-30 -14 -22 -44Q-12 -36 -6 -62Q10 -46 18 -40Q28 -16 0 -10Z
y* M0 -10Q-14 -14 -10 -30Q-2 -26 2 -40Q16 -22 12 -16Q8 -10 0 -10Z
@wave emblem 3 170 sea .4 : big wave, tsunami, wave crest, tidal wave, giant wave, tidal power, breaking wave
#2f7fa8!^ M-88 0Q-70 -10 -56 -44Q-34 -104 28 -98Q66 -92 70 -58Q56 -78 34 -70Q14 -58 26 -32Q40 -6 88 0Z
w= M28 -98Q66 -92 70 -58Q60 -74 46 -74Q50 -64 42 -60Q36 -72 26 -66Q22 -56 14 -60Q16 -78 34 -82Q20 -86 8 -80Q14 -96 28 -98Z
a=%60 l4 M-60 -14Q-40 -40 -26 -60M-30 -8Q-10 -30 -4 -52
@arrow emblem 1 150 studio .42 : rising arrow, arrow, arrows, upward arrow, trend, progress, momentum, acceleration, expansion, rise
M!^ M-70 -14L-16 -60L8 -38L44 -76L28 -90H74V-44L60 -60L8 -8L-16 -32L-56 2Z
@dove air .3 140 sky .32 : dove, peace dove, peace, white dove, ceasefire, truce, peace talks, peace agreement, reconciliation
w!^ M-70 -30Q-44 -30 -34 -46Q-44 -90 -4 -104Q4 -80 12 -62Q22 -92 56 -98Q54 -66 34 -50Q44 -56 56 -52L70 -46L56 -40Q40 -14 4 -14Q-20 -14 -44 -22L-70 -14Z
k= c 50 -47 2.4
@gemstone_box table .4 130 studio .38 : treasure, treasure chest, chest, wooden chest
n!^ M-58 -54V0H58V-54Z
n!- M-58 -54Q-56 -98 0 -98Q56 -98 58 -54Z
y= M-58 -60H58V-50H-58ZM-40 -92L-30 -96V0H-40ZM30 -96L40 -92V0H30Z
y~ r -10 -62 20 22 3
k= c 0 -50 4
@labyrinth emblem 1 100 studio .48 : labyrinth, maze, complexity, bureaucracy, red tape, complicated path
M!= l6 M-46 -96H46V-4H-14M-46 -96V-4H-30M-30 -80H30V-20H-30V-64H14V-36H-14V-48
@iceberg water 40 150 snow .42 : iceberg, icebergs, drifting ice
w!^ M-66 -2L-40 -60L-22 -54L4 -102L26 -68L44 -74L70 -2Z
#bfdcea= M4 -102L26 -68L20 -40L44 -74L70 -2H0L12 -50Z
#5fa8c8=%50 M-70 -2H72L50 14H-46Z
@nest table .2 130 garden .3 : nest, bird's nest, bird nest, eggs in a nest
a~ o -18 -50 15 20
a~ o 16 -50 15 20
a- o 0 -56 15 20
n!^ M-64 -46Q0 -26 64 -46Q56 0 0 2Q-56 0 -64 -46Z
e=%60 l2.4 M-60 -40Q0 -18 60 -40M-56 -28Q0 -8 56 -28M-46 -16Q0 2 46 -16M-74 -50L-50 -40M74 -54L50 -38
@volcano ground 80 190 mountains .5 : volcano, volcanic eruption, eruption, volcanoes, volcanic, lava
k=%50 c -8 -96 20
k=%40 c 16 -104 24
k=%40 c -26 -108 18
#5a4a4e!^ M-92 0L-24 -72H24L92 0Z
o* M-20 -72H20L26 -62Q18 -30 24 -20Q12 -14 8 -44Q2 -30 -4 -8Q-14 -20 -10 -50Q-20 -40 -26 -60Z
o* l5 M-6 -74Q-14 -96 -30 -94M4 -74Q4 -100 16 -104M10 -74Q24 -92 40 -84
@mountain_peak ground 60 190 mountains .46 : mountain peak, snowy peak, everest, matterhorn, mountain range, mountain top
#7a879b!^ M-90 0L-10 -100L26 -54L44 -70L92 0Z
w= M-10 -100L26 -54L12 -46L2 -60L-8 -44L-20 -58L-34 -46L-32 -72ZM44 -70L62 -44L50 -46L42 -38L34 -60Z
@pebbles table .1 140 coast .26 : pebble, pebbles, smooth stone, river pebbles, balanced stones, smooth pebble, zen stones
S!^ o 0 -14 56 15
s!^ o -4 -40 42 13
S!- o 4 -62 30 11
s!+ o 0 -82 20 10
@log ground .5 170 forest .24 : log, logs, firewood, tree trunk, driftwood, slice of trunk, wood pile, piece of driftwood, deforestation
e!^ r -76 -62 130 58 20
e!_ l3 M-60 -46H20M-50 -24H10
t= o 54 -33 22 29
e=%60 l2.4 M54 -52A14 19 0 1 1 53.9 -52M54 -42A6 9 0 1 1 53.9 -42
@leaf emblem .3 100 studio .46 : leaf, green leaf, leaves, maple leaf, ecology, eco-friendly, organic, sustainable, green energy leaf, vegan, plant-based, new leaf, autumn leaf, fallen leaves
g!^ M-44 0Q-60 -60 0 -90Q30 -102 54 -100Q58 -50 30 -20Q4 6 -34 -8Z
G= l4 M-50 4Q-20 -40 36 -80M-22 -32L-30 -58M-4 -48L-8 -76M-20 -32L8 -24M0 -50L30 -44
@recycling emblem 1 110 studio .48 : recycling, recycle, recycling symbol, circular economy, reuse, zero waste, recycled, upcycling
g!^ M-22 -94H16L30 -70L42 -78L34 -44L0 -52L12 -60L2 -78L-10 -58L-32 -70Z
g!^ M44 -46L56 -24L38 2H10V14L-14 -10L10 -34V-22H28L34 -30L22 -38Z
g!^ M-20 2H-40L-56 -28L-40 -54L-52 -62L-18 -68L-10 -36L-22 -42L-32 -28L-26 -20H-12V2Z
@bin ground .9 70 street .4 : bin, trash can, rubbish bin, garbage, rubbish, dustbin, trash
G!~ M-30 -80H30L24 0H-24Z
G!- r -36 -92 72 12 4
k= r -12 -100 24 9 3
w=%40 l3 M-14 -70L-12 -10M0 -70V-10M14 -70L12 -10
@crystal_ball table .3 84 studio .42 : crystal ball, glass sphere, prediction, prophecy, fortune telling, glass orb, polished steel sphere
n^ M-34 0Q-34 -18 -20 -22H20Q34 -18 34 0Z
a!~ c 0 -60 42
w=%60 o -16 -78 10 7
u=%40 o 8 -48 22 14
@clapperboard emblem .3 110 studio .42 : clapperboard, film, movie, films, movies, film festival, hollywood, screenplay, documentary, oscars, series premiere
k!^ r -52 -70 104 70 4
w= r -44 -40 88 4
w= r -44 -24 60 4
k= M-54 -76L48 -104L52 -90L-50 -62Z
w= M-40 -80L-26 -84L-20 -70L-34 -66ZM-10 -88L4 -92L10 -78L-4 -74ZM20 -96L34 -100L40 -86L26 -82Z
@question_mark emblem 1 70 studio .48 : question mark, question, questions, mystery, faq, uncertainty, doubt, riddle, problem, unknown
M!= l15 M-24 -72Q-24 -98 2 -98Q28 -96 26 -72Q24 -56 4 -46V-30
M!~ c 4 -8 9
@exclamation emblem 1 110 studio .46 : warning, warning sign, danger, hazard, caution, risk, threat, crisis, alarm sign, disruption
y!^ M0 -102Q6 -102 10 -94L56 -10Q58 0 48 0H-48Q-58 0 -56 -10L-10 -94Q-6 -102 0 -102Z
k= M-6 -70H6L3 -32H-3Z
k= c 0 -18 6
@check_mark emblem 1 100 studio .46 : check mark, checkmark, tick, approval, approved, quality, certification, certified, verified, tick mark, confirmation, validation, permission, licence, license
g!~ c 0 -50 48
w= l12 M-24 -50L-6 -30L26 -70
@balloon_scale table .3 120 kitchen .34 : kitchen scale, weighing scale, brass weighing scale, diet, weight loss, dieting
s= M-44 -74H44L36 -62H-36Z
s= r -6 -62 12 10
M!^ M-40 -52H40Q48 -30 52 0H-52Q-48 -30 -40 -52Z
w= c 0 -26 19
r= l2.4 M0 -26L9 -38
@piggy_bank table .2 130 studio .38 : piggy bank, money box, savings account, saving money, retirement, pension fund, thrift, child benefit
p!- r -34 -16 12 16 3
p!- r 18 -16 12 16 3
p!^ M-54 -46Q-54 -84 -4 -84Q20 -84 32 -74L46 -84L44 -64Q54 -58 56 -48H64V-30H52Q40 -8 -4 -8Q-54 -8 -54 -46Z
p!- o 62 -39 5 9
k= r -16 -80 24 4 2
y~ c -4 -96 12
k= c 34 -56 3
p!= l4 M-54 -50Q-66 -54 -62 -64
@stock_ticker emblem 1 170 studio .4 : candlestick chart, stock exchange, stock price, stocks, trading floor, bull market, market crash, shareholder, shareholders, stock index, wall street, bond market
k!^ r -80 -98 160 98 5
g* r -64 -50 12 32
g* r -40 -62 12 30
r* r -16 -56 12 26
g* r 8 -72 12 34
g* r 32 -84 12 30
r* r 56 -80 12 20
s=%60 l2 M-58 -60V-10M-34 -72V-24M-10 -66V-22M14 -84V-30M38 -92V-46M62 -88V-52
y* l2.4 M-72 -22L-34 -46L-10 -40L38 -66L70 -72
@tent_peg ground 2.4 150 garden .36 : circus tent, big top, circus
r!^ M-66 -40Q0 -60 0 -104Q0 -60 66 -40V0H-66Z
w= M-36 -46Q-6 -64 0 -104Q-2 -60 -14 -42V0H-36ZM36 -46Q6 -64 0 -104Q2 -60 14 -42V0H36Z
y= M0 -104V-118L18 -112Z
k= M-10 0V-30Q0 -40 10 -30V0Z
@hourglass_sand table .3 120 studio .36 : sandcastle, sand castle
#e0c088!^ M-56 0V-40H-44V-50H-36V-40H-28V-50H-20V-40H-14V-72H-6V-80H2V-72H8V-80H16V-72H22V-40H30V-50H38V-40H46V-50H56V0Z
e=%50 M-8 0V-20Q4 -32 14 -20V0Z
@hive ground .8 80 garden .42 : beehive, hive, wooden hives, hives, apiary, beekeeping, honey production
y!^ r -34 -88 68 26 3
w^ r -34 -60 68 26 3
y!^ r -34 -32 68 26 3
e^ r -40 -98 80 12 2
k= r -12 -16 24 6 3
e= r -30 -6 6 8
e= r 24 -6 6 8
@scarecrow ground 1.8 110 field .5 : scarecrow
n= r -3 -60 6 60
M!^ M-52 -70H52V-58H20V-26H-20V-58H-52Z
c~ c 0 -82 14
y^ M-26 -90H26L12 -96L8 -108H-8L-12 -96Z
y= l3 M-52 -64L-62 -56M-52 -60L-60 -70M52 -64L62 -56M52 -60L60 -70
""")
