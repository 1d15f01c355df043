"""More buildings, street furniture and the furniture of rooms."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet("""
@church ground 22 100 field .56 : church, chapel, cathedral, church tower, steeple, parish church
w!^ r -30 -52 74 52
#8a4a3a^ M-34 -52L-14 -74H36L50 -52Z
w!~ r -46 -72 28 72
#8a4a3a^ M-50 -72L-32 -104L-14 -72Z
y= l1.6 M-32 -104V-114M-36 -110H-28
x= M-36 -62V-52H-28V-62Q-32 -68 -36 -62ZM-4 -16V-34Q2 -42 8 -34V-16ZM20 -16V-34Q26 -42 32 -34V-16Z
e= M-38 0V-18Q-32 -26 -26 -18V0Z
@mosque ground 20 130 city .5 : mosque, minaret, islamic architecture, ramadan
w!^ r -46 -46 92 46
#5f9fa8^ M-30 -46Q-36 -78 0 -90Q36 -78 30 -46Z
y= l1.6 M0 -90V-100
w!~ r -62 -90 11 90 2
w!~ r 51 -90 11 90 2
#5f9fa8^ M-64 -90L-56.500 -108L-49 -90ZM49 -90L56.500 -108L64 -90Z
B= M-9 0V-22Q0 -34 9 -22V0ZM-34 -8V-24Q-28 -32 -22 -24V-8ZM22 -8V-24Q28 -32 34 -24V-8Z
@pagoda ground 20 110 garden .56 : pagoda, buddhist temple, japanese temple, chinese temple
r!^ r -32 -22 64 22
r!^ r -24 -50 48 20
r!^ r -16 -76 32 18
#34504a^ M-54 -20Q-36 -24 -30 -34H30Q36 -24 54 -20Q0 -28 -54 -20Z
#34504a^ M-44 -48Q-28 -52 -22 -62H22Q28 -52 44 -48Q0 -56 -44 -48Z
#34504a^ M-34 -74Q-18 -78 0 -96Q18 -78 34 -74Q0 -82 -34 -74Z
y= l2 M0 -96V-108
k= r -9 -18 18 18
x= r -16 -44 10 10
x= r 6 -44 10 10
@pyramid ground 60 170 desert .4 : pyramid, pyramids, egypt, pharaoh, giza
#d9b26a!^ M-20 0L34 -74L90 0Z
#d9b26a!+ M-86 0L-14 -100L10 -38L-20 0Z
#d9b26a!- M-14 -100L46 0H-20Z
e=%30 l1.4 M-70 -20H34M-52 -44H22M-34 -70H6
@tower ground 60 54 city .7 : eiffel tower
s!= l3 M-26 0Q-6 -40 -2 -104M26 0Q6 -40 2 -104
s!= l1.6 M-18 -16L12 -34L-8 -52L6 -66L-4 -80M18 -16L-12 -34L8 -52L-6 -66L4 -80
s!^ r -18 -20 36 5
s!^ r -9 -58 18 4
s!= M-22 0Q0 -26 22 0L16 0Q0 -18 -16 0Z
r* c 0 -106 3
@clock_tower ground 40 50 city .66 : clock tower, bell tower
#c9a26a!~ r -20 -76 40 76
#c9a26a!- r -24 -80 48 6
#4a5a5a^ M-22 -80L0 -108L22 -80Z
w= c 0 -60 13
k= l2 M0 -60V-70M0 -60L6 -56
e= M-7 0V-16Q0 -26 7 -16V0Z
x= r -4 -40 8 12
@apartment_block ground 18 110 city .5 : apartment block, block of flats, flats, social housing, residential building, tenement, building, buildings, condominium, office building of glass, affordable housing
M!^ r -50 -98 100 98 2
w=%50 r -50 -98 100 5
*5,18,0 x= r -42 -86 11 13
*5,18,0 x= r -42 -64 11 13
*5,18,0 x= r -42 -42 11 13
*2,54,0 x= r -42 -22 22 16
k= r -9 -22 18 22
s= r -18 -26 36 4
@hospital_building ground 16 160 street .4 : hospital building, clinic building, health centre, new hospital
w!^ r -76 -62 152 62
w!+ r -28 -96 56 96
r= M-5 -88H5V-78H15V-68H5V-58H-5V-68H-15V-78H-5Z
*3,16,0 x= r -70 -52 10 14
*3,16,0 x= r -70 -28 10 14
*3,16,0 x= r 32 -52 10 14
*3,16,0 x= r 32 -28 10 14
a= r -14 -24 28 24
@shop_front ground 5 150 street .42 : shop, store, boutique, bookshop, supermarket, grocery store, pharmacy, shop front, bakery shop, small business, shop window, florist, hairdresser, restaurant front, cafe front, drugstore, convenience store
c!^ r -66 -98 132 98
M= r -66 -98 132 18
x= r -58 -54 62 44
e^ r 18 -54 34 54 2
x= r 24 -48 22 24
*6,24,0 M^ M-72 -78H-60L-62 -58H-76Z
*6,24,0 w^ M-60 -78H-48L-50 -58H-62Z
n= r -62 -12 70 12
@barn ground 8 140 field .42 : barn, farm, farm building, stable, farmhouse and barn, dairy farm
r!^ M-60 0V-52L-44 -84L-12 -100L20 -84L36 -52V0Z
w= l3 M-60 -52L-44 -84L-12 -100L20 -84L36 -52
e- r -34 -44 44 44
w= l3 M-34 -44H10V0H-34ZM-34 -44L10 0M10 -44L-34 0
x= r -20 -72 16 14
@windmill ground 14 110 field .56 : windmill, dutch windmill
#b07a55!~ M-22 0L-12 -62H12L22 0Z
k^ M-16 -60Q0 -82 16 -60Z
w+ l3 M0 -66L-46 -104M0 -66L38 -112M0 -66L46 -24M0 -66L-38 -20
w=%90 M-4 -70L-10 -66L-50 -94L-44 -104ZM4 -72L8 -78L40 -114L46 -104ZM4 -62L10 -66L50 -36L42 -26ZM-4 -60L0 -54L-32 -16L-42 -24Z
e= M-6 0V-16Q0 -22 6 -16V0Z
x= r -4 -44 8 9
@nuclear_plant ground 60 190 field .4 : nuclear power plant, cooling tower, cooling towers, nuclear plant, nuclear power, reactor, coal power, coal plant, power station towers, smokestacks, emissions
w=%70 c -50 -104 14
w=%60 c -30 -116 18
w=%70 c 30 -100 14
w=%50 c 52 -112 18
s!~ M-86 0Q-62 -50 -74 -92H-30Q-42 -50 -18 0Z
s!~ M-2 0Q18 -46 8 -86H50Q40 -46 64 0Z
w^ r 56 -34 36 34
r= r 74 -80 7 50
@oil_rig water 60 130 sea .46 : oil rig, oil platform, drilling rig, offshore platform
s= l6 M-44 -38L-52 4M44 -38L52 4M-14 -38V4M14 -38V4M-50 -8L-14 -30M50 -8L14 -30
y!^ r -60 -52 120 16 2
w^ r -50 -70 44 20
r= l3 M10 -52L26 -104L42 -52M14 -66H38M18 -80H34
o* M58 -62Q52 -78 62 -88Q70 -74 64 -62Z
@dam ground 60 200 mountains .36 : dam, hydroelectric dam, hydropower plant, reservoir dam
#5aa0c4^ r -100 -88 200 20
s!^ M-100 -82H100L70 0H-70Z
s!_ r -104 -90 208 10
*5,32,0 w^ M-68 -60H-56L-52 0H-70Z
@greenhouse ground 3 160 garden .36 : greenhouse, glasshouse, conservatory, polytunnel, hothouse
G= M-66 0V-30Q-50 -50 -34 -28Q-20 -54 -4 -28Q10 -50 26 -28Q44 -48 66 -26V0Z
a=%50 M-76 0V-60L0 -100L76 -60V0Z
w= l3 M-76 0V-60L0 -100L76 -60V0M-38 0V-80M38 0V-80M0 0V-100M-76 -60H76M-76 -30H76
@igloo ground 2.2 150 snow .36 : igloo, snow hut, ice hotel
w!~ M-70 0Q-66 -88 0 -90Q66 -88 70 0Z
#a8c4d8=%70 l2 M-66 -26H66M-56 -54H56M-34 -78H34M-40 -54V-26M0 -54V-26M40 -54V-26M-20 -78V-54M20 -78V-54
B= M-18 0V-22Q0 -44 18 -22V0Z
@well ground 2 90 field .46 : well, water well, wishing well, jugs at a well
n= l5 M-30 -30V-84M30 -30V-84
#8a4a3a!^ M-46 -76L0 -104L46 -76Z
k= l2 M0 -84V-48
n^ r -8 -50 16 14 2
s!^ r -38 -34 76 34 4
k=%30 l2 M-38 -18H38M-14 -34V-18M14 -34V-18M0 -18V0M-26 -18V0M26 -18V0
@fountain ground 3 150 garden .4 : fountain, water fountain, water feature
a=%80 l4 M0 -90Q-16 -104 -24 -56M0 -90Q16 -104 24 -56M0 -92V-50M-24 -56Q-40 -50 -44 -24M24 -56Q40 -50 44 -24
s!^ M-30 -56H30Q24 -44 8 -42L12 -24H-12L-8 -42Q-24 -44 -30 -56Z
s!^ M-74 -26H74L64 0H-64Z
#7fc0da= o 0 -26 70 8
@statue ground 4 60 garden .56 : statue, sculpture, monument, sculptures, marble statue, bronze statue
#9c988c^ r -30 -22 60 22 2
#9c988c!- r -35 -27 70 6 1
#9c988c!_ r -24 -20 48 14 1
#c9c4b6!~ M-15 -27Q-19 -44 -13 -58Q-18 -70 -13 -78Q-8 -82 0 -82Q9 -82 13 -77L22 -64L32 -70L35 -66L22 -54L13 -64Q14 -58 13 -54Q19 -42 16 -27Z
#c9c4b6!_ M-9 -27Q-10 -48 -2 -60Q-2 -44 -4 -27ZM4 -27Q6 -42 10 -52Q12 -40 10 -27Z
#c9c4b6!- M-13 -78L-24 -62L-22 -46L-17 -46L-17 -60L-10 -68Z
#c9c4b6!~ M-4 -84H4V-79Q0 -76 -4 -79Z
#c9c4b6!~ o 0 -91 7.5 9
#c9c4b6!_ M-7.5 -91Q-8 -101 0 -101Q8 -101 7.5 -91Q4 -96 0 -96Q-4 -96 -7.5 -91Z
@gate ground 6 120 street .46 : gate, archway, arch, city gate, stone gate, old stone gate, arched gateway
#c9b48a!^ M-56 0V-98H56V0H28V-44Q28 -70 0 -70Q-28 -70 -28 -44V0Z
#c9b48a!_ M-60 -98H60V-88H-60Z
k=%25 l2 M-56 -62H-26M26 -62H56M-56 -32H-28M28 -32H56M-42 -62V-32M42 -62V-32M-20 -88V-68M20 -88V-68
@fence ground 1.2 220 field .22 : fence, picket fence, garden fence, border fence
n!- r -104 -70 208 9
n!- r -104 -34 208 9
*10,22,0 n!^ M-104 0V-84L-97 -94L-90 -84V0Z
@signpost ground 2.2 110 mountains .5 : signpost, sign, road sign, direction sign, crossroads, signposts, decision, choice, options, fork in the road, way forward
n!~ r -5 -100 10 100 2
n!^ M-6 -94H44L58 -82L44 -70H-6Z
M^ M6 -64H-42L-56 -52L-42 -40H6Z
w=%70 r 4 -84 34 4
w=%80 r -34 -54 34 4
@street_lamp ground 4 36 street .6 : street lamp, lamp post, lamppost, streetlight, street light, lantern post
k= r -3 -88 6 88
k= r -10 -4 20 5
y* M-11 -98H11L8 -80H-8Z
k= M-14 -98L0 -108L14 -98Z
y*%25 c 0 -88 22
@traffic_light ground 3 40 street .56 : traffic light, traffic lights, traffic signal, stop light
k= r -3 -40 6 40
k!~ r -16 -104 32 66 6
r* c 0 -92 8
y* c 0 -71 8
g* c 0 -50 8
@postbox ground 1.4 50 street .46 : postbox, mailbox, letterbox, post box, letter box
r!~ M-20 -8V-86Q-20 -100 0 -100Q20 -100 20 -86V-8Z
k= r -14 -82 28 5
w= r -10 -64 20 22 2
k= r -24 -8 48 9
@door emblem 2 66 studio .56 : door, front door, doorway, open door, opened door, entrance, wooden door, door standing open, opportunity
c^ r -36 -102 72 102 2
y* r -28 -96 56 96
M!^ M-28 -96L6 -88V-6L-28 0Z
M!_ M-22 -84L0 -78V-52L-22 -52ZM-22 -44L0 -44V-14L-22 -10Z
y= c 1 -46 3
@window emblem 1.4 90 home .5 : window, window frame, open window, kennel-shaped window, window pane
c!^ r -44 -100 88 96 3
x* r -36 -92 34 38
x* r 2 -92 34 38
x* r -36 -50 34 38
x* r 2 -50 34 38
c!- r -50 -8 100 9 2
@stairs emblem 3 150 studio .44 : stairs, staircase, stairway, steps, career ladder, stone steps, step by step, flight of stairs, worn steps
M!^ M-72 0V-16H-48V-36H-24V-56H0V-76H24V-96H72V0Z
w=%50 M-72 -16H-48V-12H-72ZM-48 -36H-24V-32H-48ZM-24 -56H0V-52H-24ZM0 -76H24V-72H0ZM24 -96H72V-92H24Z
@chair ground .9 64 home .44 : chair, wooden chair, dining chair, chairs, seat, empty chair, office chair
n!~ r -28 -102 8 102 2
n!^ M-28 -96H-20V-56H-28Z
n!- r 20 -46 7 46
n!- r -20 -40 6 40
n!= l6 M-24 -94Q-20 -74 -22 -54
M^ r -30 -54 60 11 4
n!^ r -30 -46 60 5
@armchair ground 1 110 home .44 : armchair, easy chair, recliner, armchairs
M!- M-40 -102Q0 -112 40 -102V-30H-40Z
M!^ r -56 -64 24 56 10
M!^ r 32 -64 24 56 10
M!+ r -34 -46 68 30 8
k= r -46 -8 8 8
k= r 38 -8 8 8
@sofa ground .9 190 home .36 : sofa, couch, settee
M!- r -78 -92 156 66 16
M!^ r -94 -66 30 58 12
M!^ r 64 -66 30 58 12
M!+ r -64 -50 64 30 8
M!+ r 0 -50 64 30 8
2= M-50 -84L-24 -78L-30 -52L-56 -58Z
k= r -80 -8 9 8
k= r 71 -8 9 8
@table ground .8 170 home .36 : round table, dining table set, coffee table, long table, table and chairs, empty table, standing table, set table
n!^ r -82 -66 164 10 3
n!_ r -70 -56 8 56
n!_ r 62 -56 8 56
@desk ground .8 180 office .36 : desk, writing desk, tidy desk, office desk, home office desk, standing desk, empty desk
n!^ r -88 -100 176 14 3
n!_ r -80 -86 12 86
n!- r 30 -86 54 86
e= r 36 -80 42 22 2
e= r 36 -54 42 22 2
e= r 36 -28 42 22 2
y= r 50 -71 14 4
y= r 50 -45 14 4
y= r 50 -19 14 4
@computer_desk ground 1.2 180 office .42 : workstation desk, programmer's desk, computer desk, computer workstation
k^ r -26 -104 62 40 3
b* r -22 -100 54 32 1
s= r 0 -64 10 8
y* M-68 -90L-46 -98L-40 -80L-60 -76Z
k= l3 M-52 -84L-66 -66L-58 -56
n!^ r -86 -58 172 9 2
n!_ r -80 -50 8 50
n!- r 40 -50 40 50
y= r 54 -42 12 3
y= r 54 -24 12 3
w= r 44 -66 12 8 2
@bed ground 1 190 home .34 : bed, bedroom bed, double bed, sleep, sleeping, insomnia, mattress, bunk bed, nap
n!^ r -92 -98 12 98 3
n!^ r 80 -58 10 58 3
w^ r -82 -48 164 26 5
M!^ M-40 -58H82V-26H-40Z
w+ M-80 -58Q-60 -74 -34 -60L-32 -48H-80Z
n!_ r -84 -26 168 8
@lamp table .5 70 home .42 : lamp, desk lamp, table lamp, reading lamp, floor lamp, lampshade, lamps
y*%25 c 0 -74 48
y* M-34 -50L-18 -100H18L34 -50Z
M!~ M-4 -50H4V-10H-4Z
M!^ M-24 0Q-24 -12 0 -12Q24 -12 24 0Z
@bookshelf ground 2 110 library .52 : bookshelf, bookcase, shelf, shelves, tall shelves
n!_ r -50 -104 100 104
*3,0,33 n!+ r -50 -74 100 4
*8,11,0 M^ r -45 -98 9 24
*4,22,0 2^ r -45 -62 10 21
*4,22,0 b^ r -34 -64 9 23
*7,12,0 y^ r -44 -28 8 20
n!^ M-54 -108H54V-102H-54ZM-54 -4H54V2H-54ZM-54 -106H-48V0H-54ZM48 -106H54V0H48Z
@mirror emblem .8 76 home .48 : mirror, reflection in a mirror, looking glass, hand mirror
y!~ o 0 -54 38 50
a^ o 0 -54 31 43
w=%70 M-18 -72L6 -92L12 -88L-20 -56ZM-8 -40L24 -70L26 -60L-4 -32Z
@bathtub ground .7 180 home .32 : bathtub, bath, bathroom, jacuzzi
w+ c -40 -66 12
w+ c -20 -74 15
w+ c 6 -68 12
w+ c 30 -74 13
w!^ M-84 -64H84Q86 -12 50 -8H-50Q-86 -12 -84 -64Z
s= r -90 -68 180 8 4
y= l5 M-54 -10L-60 2M54 -10L60 2
s= l5 M78 -66V-92H60
@toilet ground .8 70 home .4 : toilet, lavatory, restroom, sanitation, toilet paper
w!^ r -30 -98 22 50 4
w!^ M-28 -50H30Q34 -22 8 -18L10 0H-20L-22 -20Z
w!- o 4 -52 30 7
@fireplace ground 1.2 110 home .46 : fireplace, hearth, chimney fire, mantelpiece, wood stove, stove fire
#a5604a!^ r -50 -92 100 92
n^ r -58 -100 116 12 2
k= M-30 0V-50Q0 -72 30 -50V0Z
o* M0 -8Q-26 -16 -12 -42Q-6 -34 0 -56Q20 -38 16 -20Q12 -8 0 -8Z
y* M0 -8Q-12 -14 -4 -30Q8 -28 8 -16Q6 -8 0 -8Z
e^ r -24 -8 48 7 3
@washing_machine ground .9 80 home .46 : washing machine, laundry
w!^ r -38 -98 76 98 5
s= c 0 -46 29
b*%80 c 0 -46 22
w=%60 o -6 -54 9 5
k= r -30 -92 24 9 2
s= c 24 -87 6
@picture_frame emblem .7 110 home .44 : picture frame, framed picture, painting on a wall, portrait frame, oil painting, masterpiece, gilded frame, paintings, old master, gallery painting, poster on a wall
y!^ r -56 -98 112 92 3
a= r -46 -88 92 72
y* c 22 -68 9
G= M-46 -36Q-20 -66 4 -40Q24 -58 46 -36V-16H-46Z
g= M-46 -24Q0 -40 46 -22V-16H-46Z
@cradle_toy table .3 90 home .4 : teddy, teddy bear, knitted bear
#b07d4f!~ c -22 -92 11
#b07d4f!~ c 22 -92 11
#b07d4f!~ o 0 -28 34 30
#b07d4f!~ c 0 -72 28
#b07d4f!- |o -34 -38 10 18
#b07d4f!+ |o -22 -6 14 11
c= o 0 -64 13 10
k= c -10 -78 3
k= c 10 -78 3
k= o 0 -68 4 3
r= M-12 -46L0 -42L12 -46V-36L0 -40L-12 -36Z
""")
