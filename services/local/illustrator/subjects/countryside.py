"""Land, weather and buildings that stand alone: what the other sheets lack."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@tree_rings emblem 1 108 studio .5 : tree ring, tree rings, growth rings, annual ring, annual rings
e!= M-52 -52Q-56 -100 -4 -102Q54 -104 54 -54Q54 -2 0 0Q-50 0 -52 -52Z
#dcb482= M-45 -52Q-48 -92 -4 -95Q47 -96 47 -54Q47 -8 0 -7Q-43 -8 -45 -52Z
#a8714a= l2.4 M-37 -52Q-38 -84 -4 -87Q39 -88 39 -54Q39 -16 0 -15Q-35 -16 -37 -52Z
#a8714a= l2.4 M-29 -52Q-30 -77 -4 -79Q31 -80 31 -54Q31 -24 0 -23Q-27 -24 -29 -52Z
#a8714a= l2.4 M-21 -52Q-22 -69 -4 -71Q23 -72 23 -54Q23 -32 0 -31Q-19 -32 -21 -52Z
#a8714a= l2.4 M-13 -52Q-14 -62 -4 -63Q15 -64 15 -54Q15 -41 1 -40Q-11 -41 -13 -52Z
#a8714a= c 0 -52 4
#8a5a38= l2 M0 -52L42 -78
@roofs ground 9 200 village .5 : roof, roofs, rooftops of houses, tiled roof, tiled roofs, roof tiles, rooftop tiles
c^ r -90 -38 60 38
c^ r -24 -46 58 46
c^ r 40 -34 52 34
r!= M-98 -36L-60 -84L-22 -36Z
r!^ M-34 -44L6 -98L44 -44Z
r!= M32 -32L66 -74L100 -32Z
e=%50 l2 M-90 -44H-30M-80 -56H-40M-70 -68H-50M-24 -58H34M-14 -70H24M-4 -82H14M42 -42H90M50 -52H82
k= r -48 -86 9 22
k= r 20 -98 9 22
x= r -68 -24 16 16
x= r -4 -30 16 18
x= r 58 -22 16 14
@glacier_front water 40 260 polar .4 : glacier, glaciers, glacier's edge, edge of a glacier, glacier front, glacier tongue, ice front, ice wall
#dcecf4!^ M-128 2L-120 -62L-96 -78L-70 -70L-44 -92L-10 -80L16 -98L48 -82L80 -90L108 -66L128 -58L128 2Z
#f6fbfd= M-120 -62L-96 -78L-70 -70L-44 -92L-10 -80L16 -98L48 -82L80 -90L108 -66L128 -58L110 -52L78 -70L48 -62L14 -78L-12 -62L-44 -72L-70 -54L-96 -62Z
#8fc0da=%70 M-96 -62L-92 2H-84L-88 -64ZM-44 -72L-48 2H-36L-38 -70ZM14 -78L8 2H20L22 -74ZM78 -70L74 2H84L86 -68Z
#5f9cc0=%50 M-128 2L-126 -10L128 -10V2Z
@rails ground 1 150 field .4 : railway track, railway tracks, railroad track, train tracks, rails
*1,0,0 #9a8f80^ M-16 -102H16L74 0H-74Z
*1,0,0 #6f4e36= M-14 -92H14L16 -86H-16ZM-20 -80H20L24 -72H-24ZM-28 -64H28L33 -55H-33ZM-38 -45H38L44 -34H-44ZM-50 -22H50L58 -9H-58Z
s= M-9 -102H-6L-38 0H-46ZM9 -102H6L38 0H46Z
@comet space 10 130 space .4 : comet, comets, shooting star, shooting stars, meteor, meteors, meteor shower
w*%40 M46 -6L-64 -104L22 -46Z
w*%60 M50 -20L-62 -98L18 -40Z
w*%60 M22 -6L-58 -86L40 -40Z
a* c 36 -24 22
w* c 36 -24 15
@asteroid space 10 130 space .34 : asteroid, asteroids, space rock
#8a8078!~ M-56 -20Q-70 -60 -36 -84Q0 -104 40 -88Q70 -66 60 -30Q40 0 0 -2Q-40 2 -56 -20Z
#5f5852= o -20 -62 13 9
#5f5852= o 24 -40 16 11
#5f5852= o 14 -76 8 6
#5f5852= o -26 -26 9 6
@hedge ground 1.2 200 garden .3 : hedge, hedges, hedgerow, hedgerows, privet
G^ M-98 0V-70Q-94 -88 -80 -84Q-70 -98 -54 -88Q-40 -100 -22 -90Q-6 -102 10 -90Q28 -100 42 -88Q58 -98 72 -86Q92 -92 98 -70V0Z
g=%60 c -70 -60 9
g=%60 c -34 -40 9
g=%60 c 4 -66 9
g=%60 c 40 -34 9
g=%60 c 74 -58 9
@reeds ground 1.4 110 lake .44 : reed, reeds, bulrush, bulrushes, cattail, cattails
G= l4 M-34 0Q-36 -50 -44 -86M-14 0Q-12 -60 -16 -100M8 0Q8 -50 14 -96M30 0Q34 -50 46 -80
g= l5 M-24 0Q-40 -30 -60 -50M20 0Q40 -30 56 -46
e!^ r -20 -102 8 26 4
e!^ r 10 -98 8 26 4
e!^ r 40 -84 8 24 4
@daffodil ground .5 90 garden .4 : daffodil, daffodils, narcissus
G= l5 M-20 0Q-22 -40 -20 -66M18 0Q22 -40 20 -78
g= M-4 0Q-20 -40 -42 -56Q-26 -20 -10 0ZM4 0Q14 -40 44 -60Q28 -20 10 0Z
y!= c -34 -70 10
y!= c -6 -70 10
y!= c -20 -84 10
y!= c -20 -58 10
o= c -20 -70 8
y!= c 6 -82 10
y!= c 34 -82 10
y!= c 20 -96 10
y!= c 20 -70 10
o= c 20 -82 8
@heather ground .4 150 field .3 : heather, heath
G= l4 M-50 0Q-46 -40 -56 -70M-24 0Q-24 -40 -20 -90M6 0Q6 -50 2 -80M30 0Q34 -40 36 -94M54 0Q54 -30 64 -66
u!= l11 M-52 -36L-56 -76M-22 -50L-20 -94M4 -44L2 -86M34 -56L36 -98M56 -30L64 -70
p= l4 M-54 -40L-56 -74M-22 -54L-20 -92M4 -48L2 -84M34 -60L36 -96
@roots ground 3 150 forest .4 : root, roots, tree root, tree roots
e!^ M-16 -104H16Q12 -60 30 -44Q60 -30 74 0H58Q44 -22 24 -28Q34 -12 30 0H18Q14 -20 6 -26L2 0H-10L-6 -26Q-20 -18 -26 0H-38Q-34 -18 -22 -30Q-46 -22 -60 0H-76Q-60 -34 -28 -46Q-12 -60 -16 -104Z
#4f3424= l2.4 M-6 -100Q-4 -60 -16 -44M8 -100Q6 -60 18 -44
@tunnel ground 6 150 railway .4 : tunnel, tunnels, railway tunnel
#8d8f8a!^ M-72 0V-60Q-70 -100 0 -102Q70 -100 72 -60V0Z
k= M-46 0V-50Q-44 -78 0 -80Q44 -78 46 -50V0Z
#6b6d68= l3 M-58 -76L-44 -64M-34 -94L-26 -80M0 -102V-84M34 -94L26 -80M58 -76L44 -64M-72 -46H-48M48 -46H72M-72 -20H-48M48 -20H72
@yurt ground 3 150 field .42 : yurt, yurts, ger, nomad tent
w!^ M-66 -50L-62 0H62L66 -50Z
c!^ M-70 -50Q-40 -92 0 -94Q40 -92 70 -50Z
r= l3 M-66 -46H66M-64 -30H64
n^ r -14 -46 28 46 2
r= r -10 -42 20 40 1
k= r -8 -100 16 8 3
@shed ground 3 110 garden .44 : shed, sheds, garden shed, toolshed, wooden hut, hut, cabin, log cabin
n!^ r -48 -62 96 62
e= l2 M-48 -52H48M-48 -40H48M-48 -28H48M-48 -16H48
e^ M-58 -60L0 -98L58 -60Z
#5a3a26^ r -30 -44 24 44
x= r 12 -46 24 20
k= r 24 -102 10 26
@hotel_front ground 12 120 street .5 : hotel, hotels, guest house, hostel, hostels, inn, inns
c!^ r -50 -92 100 92
r= r -56 -98 112 8 2
*4,22,0 x= r -41 -82 13 17
*4,22,0 x= r -41 -58 13 17
*3,30,0 e= r -36 -34 10 34
r= M-56 -36H56L62 -24H-62Z
w=%80 M-34 -36H-14L-16 -24H-38ZM14 -36H34L38 -24H16Z
y* c 0 -48 4
@aquarium table .5 150 home .36 : aquarium, fish tank, fishbowl
a=%70 r -70 -88 140 84 3
b=%60 r -70 -72 140 68 3
n= r -70 -14 140 12
o= M-30 -46Q-12 -60 6 -46L18 -56V-36L6 -46Q-12 -32 -30 -46Z
y= M22 -30Q36 -42 48 -30L58 -38V-22L48 -30Q36 -20 22 -30Z
G= l5 M-54 -14Q-60 -34 -50 -54M58 -14Q64 -44 52 -62
k= r -74 -96 148 8 2
@observatory ground 12 130 mountains .5 : observatory, observatories, planetarium, observatory dome
w!^ r -52 -40 104 40
s!~ M-56 -40Q-52 -100 0 -100Q52 -100 56 -40Z
k= M6 -100L26 -94L40 -44H20Z
S= r -58 -44 116 7 2
S= l8 M20 -64L52 -96
k= r -10 -24 20 24
@obelisk ground 20 44 square .6 : obelisk, obelisks, stele
#c9b594!^ M-12 -90L0 -104L12 -90L17 -12H-17Z
#a8957a= M0 -104L12 -90L17 -12H4Z
s^ r -22 -12 44 12
@aqueduct ground 20 230 field .34 : aqueduct, aqueducts
#c9b594!^ M-112 0V-78H112V0H96V-40Q96 -60 80 -60Q64 -60 64 -40V0H48V-40Q48 -60 32 -60Q16 -60 16 -40V0H0V-40Q0 -60 -16 -60Q-32 -60 -32 -40V0H-48V-40Q-48 -60 -64 -60Q-80 -60 -80 -40V0Z
#a8957a= r -114 -84 228 8
b= r -112 -88 224 5
@chimney_stack ground 20 60 village .5 : chimney, chimneys, chimney pot, smoking chimney
s*%50 M-2 -84Q-26 -92 -8 -104Q20 -112 14 -94Q8 -86 6 -84Z
#a8583c!^ r -22 -70 44 70
#8a4630= l2 M-22 -54H22M-22 -38H22M-22 -22H22M0 -70V-54M-11 -54V-38M11 -54V-38M0 -38V-22M-11 -22V0M11 -22V0
e= r -28 -78 56 9 2
@scaffold ground 10 120 construction .5 : scaffold, scaffolds
s= l4 M-52 0V-100M0 0V-100M52 0V-100M-52 0L0 -50M0 0L52 -50M-52 -50L0 -100M0 -50L52 -100
n^ r -58 -36 116 6
n^ r -58 -86 116 6
@branch table .4 100 forest .4 : branch, branches, twig, twigs, bare branch
e!= l9 M-64 -6Q-20 -40 60 -90
e!= l6 M-26 -34Q-30 -64 -14 -92M4 -56Q34 -50 60 -50
e!= l4 M30 -72Q30 -88 42 -102M-48 -18Q-60 -34 -56 -52
@grass_tuft ground .4 130 field .28 : tuft of grass, blade of grass, blades of grass, tall grass, clump of grass
g!= M-40 0Q-52 -50 -64 -70Q-44 -40 -28 0ZM-26 0Q-30 -60 -36 -96Q-18 -50 -12 0ZM-8 0Q-4 -60 6 -104Q8 -50 8 0ZM12 0Q22 -56 42 -90Q32 -40 28 0ZM28 0Q46 -40 66 -56Q52 -20 44 0Z
G= M-34 0Q-40 -40 -50 -52Q-34 -30 -20 0ZM0 0Q8 -40 22 -62Q18 -30 16 0Z
""",
)
