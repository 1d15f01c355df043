"""Vessels, kitchen ware and tools."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@jar table .2 76 kitchen .38 : jar, mason jar, glass jar, preserving jar
a!~%80 M-30 -84Q-38 -72 -38 -60V-8Q-38 0 -30 0H30Q38 0 38 -8V-60Q38 -72 30 -84Z
2=%60 M-34 -48H34V-8Q34 -4 28 -4H-28Q-34 -4 -34 -8Z
w=%60 r -28 -70 6 56 3
s^ r -34 -98 68 15 4
@jug table .25 96 kitchen .38 : jug, pitcher, clay jug, jugs, water jug, pottery, clay pot, earthenware
n= l7 M32 -78Q62 -76 56 -46Q50 -30 36 -26
#c8744a!~ M-20 -98H24L34 -102L30 -88Q22 -74 40 -44Q46 -10 24 0H-24Q-46 -10 -40 -44Q-22 -72 -20 -98Z
w=%35 l4 M-38 -40Q0 -32 38 -40M-40 -32Q0 -24 41 -32
@bowl table .12 150 kitchen .28 : bowl, ceramic bowl, earthenware bowl
b!^ M-74 -66Q-66 -10 -26 -4H26Q66 -10 74 -66Z
b!_ r -28 -6 56 8 3
b!_ o 0 -66 74 14
b!- o 0 -64 64 9
w=%40 l3 M-70 -48Q0 -30 70 -48
@saucepan table .2 190 kitchen .3 : saucepan, cooking pot, pot, stockpot, copper pot, copper pans
k= r 54 -52 64 9 4
#b8703f!~ M-60 -62H60V-14Q60 0 44 0H-44Q-60 0 -60 -14Z
#b8703f!+ o 0 -62 62 9
s^ M-58 -64Q-40 -82 0 -82Q40 -82 58 -64Z
k= c 0 -86 6
@frying_pan table .1 200 kitchen .22 : frying pan, pan, skillet
n^ r 60 -46 70 13 6
k!^ M-92 -52H66Q60 -6 36 0H-62Q-86 -6 -92 -52Z
k_ o -13 -52 79 16
@basket table .35 130 kitchen .36 : basket, wicker basket, picnic basket, baskets
n= l6 M-48 -52Q-44 -102 0 -102Q44 -102 48 -52
#c99a5a!^ M-62 -54H62L50 0H-50Z
e=%50 l2 M-60 -42H60M-57 -28H57M-54 -14H54
*6,20,0 e=%50 l2 M-50 -54L-46 0
#d9b070= r -66 -60 132 11 5
@bucket table .3 90 garden .34 : bucket, pail
s= l3 M-38 -70Q0 -118 38 -70
s!~ M-40 -72H40L30 0H-30Z
S= o 0 -72 40 9
b=%60 o 0 -70 34 6
@barrel ground 1 84 field .34 : barrel, cask, keg, barrels, wine barrel, casks
n!~ M-34 -98H34Q46 -50 34 0H-34Q-46 -50 -34 -98Z
k= M-38 -84H38L40 -74H-40ZM-40 -26H40L38 -16H-38Z
e=%50 l2 M-16 -98Q-22 -50 -16 0M16 -98Q22 -50 16 0M0 -98V0
@glass_of_water table .14 60 kitchen .34 : glass of water, drinking glass, tumbler, glass, two glasses of water, glasses of water, water glass
a~%60 M-28 -98H28L22 0H-22Z
#8cc8e0!~%85 M-26 -70H26L21 -4H-21Z
w+%80 o 0 -70 26 5
w=%70 r -18 -88 5 74 2
@juice < glass_of_water #f0a23a : juice, orange juice, glass of juice, glass of orange juice, glass of apple juice
@bare_vase table .4 70 home .4 : vase, vases
2!~ M-14 -100H14Q10 -84 26 -62Q36 -30 16 0H-16Q-36 -30 -26 -62Q-10 -84 -14 -100Z
w=%30 l4 M-20 -56Q-28 -34 -14 -8
@beer table .18 80 kitchen .36 : beer, pint, lager, ale, beer glass, mug of beer, pint of beer
s=%80 l8 M28 -66Q56 -66 54 -40Q52 -22 28 -22
#e8a52e!~ M-32 -84H32V-4Q32 0 28 0H-28Q-32 0 -32 -4Z
w+%40 *3,20,0 r -24 -70 6 58 3
w~ c -22 -84 13
w~ c 0 -90 15
w~ c 22 -84 13
w= r -33 -86 66 12 6
@cocktail table .18 84 stage .4 : martini, mojito, cocktails
s= l4 M0 -46V-4
s= o 0 -2 24 4
a=%70 M-40 -92H40L0 -42Z
#ee6a4a!*%90 M-32 -82H32L0 -44Z
o= c 34 -94 13
n= l2 M-6 -60L14 -104
r= c 12 -98 4
@thermos table .3 50 mountains .44 : thermos, water bottle, flask of tea, sports bottle, reusable bottle, drinking bottle, hydration bottle
s^ r -15 -102 30 18 4
M!~ r -22 -84 44 84 8
w=%50 r -15 -74 5 60 2
k= r -22 -50 44 5
@milk table .22 60 kitchen .38 : milk, milk bottle, bottle of milk, glass of milk, cream bottle
w~ M-14 -90H14V-72Q26 -58 26 -44V-8Q26 0 18 0H-18Q-26 0 -26 -8V-44Q-26 -58 -14 -72Z
b= r -17 -100 34 13 4
b=%70 r -26 -40 52 18
@mug table .12 110 kitchen .32 : tin mug, mug of tea, mug of cocoa, cup of cold tea, cup of hot chocolate, enamel mug
w=%50 l4 M-16 -84Q-24 -94 -14 -102M12 -84Q4 -94 14 -104
M!= l9 M36 -60Q62 -62 58 -38Q54 -18 34 -20
M!~ M-40 -74H40V-12Q40 0 28 0H-28Q-40 0 -40 -12Z
e= o 0 -73 38 7
@watering_can table .35 150 garden .34 : watering can, watering, watering pot
M!= l7 M34 -66Q70 -80 62 -40Q56 -20 34 -20
M!^ M-34 -30L-80 -78L-72 -84L-30 -50Z
M!^ M-92 -86L-70 -100L-62 -78L-78 -68Z
M!~ M-36 -66H36L42 0H-42Z
M!= l6 M-26 -66Q0 -104 28 -66
a= l2 M-92 -84L-104 -66M-86 -76L-96 -58M-80 -70L-86 -50
@cutlery table .2 84 kitchen .4 : cutlery, fork and knife, knife and fork, silverware, tableware
s~ M-34 -100H-30V-76H-27V-100H-23V-76H-20V-100H-16V-70Q-18 -60 -22 -58L-20 0H-30L-28 -58Q-32 -60 -34 -70Z
s~ o 2 -82 10 18
s~ r -1 -66 7 66 3
s^ M24 -100Q38 -90 36 -48H26V0H22Z
@fork table .2 34 kitchen .4 : fork, table fork
s!^ M-5 0L-3 -58H3L5 0ZM-13 -96H-9V-66H-2V-96H2V-66H9V-96H13V-64Q12 -54 0 -52Q-12 -54 -13 -64Z
@spoon table .2 34 kitchen .4 : spoon, spoons, silver spoon, teaspoon, tablespoon
s!^ M-5 0L-3 -64H3L5 0Z
s!^ o 0 -80 14 20
@kitchen_knife table .3 60 kitchen .42 : knife, kitchen knife, chef's knife, carving knife
s^ M-4 -104Q22 -84 20 -38H-6Z
w=%60 M-4 -104L-2 -38H-6Z
k!^ r -8 -38 22 40 5
s= c 3 -26 2
s= c 3 -12 2
@whisk table .3 60 kitchen .42 : whisk, egg whisk
s= l3 M0 -42Q-24 -98 0 -98Q24 -98 0 -42M0 -42Q-8 -98 0 -98Q8 -98 0 -42
s^ r -4 -44 9 46 4
@chopping_board table .3 190 kitchen .26 : chopping board, cutting board, bread board, wooden board
n!^ M-84 -20H84L96 0H-96Z
e- r -96 0 192 8 3
@mortar table .2 110 kitchen .34 : mortar and pestle, pestle, mortar
S^ M20 -60L44 -102L56 -96L34 -54Z
s!^ M-50 -62H50Q48 -16 22 -10V0H-22V-10Q-48 -16 -50 -62Z
S= o 0 -62 50 9
@cooker ground .9 92 kitchen .5 : oven, stove, cooker, hob, kitchen range
w!^ r -44 -92 88 92 4
k= r -36 -62 72 46 4
o*%70 r -30 -56 60 34 3
s= r -34 -70 68 5 2
*4,18,0 k= c -27 -80 5
k= r -44 -96 88 6 2
@fridge ground 1.8 60 kitchen .56 : fridge, refrigerator
w!~ r -28 -104 56 104 5
s= r -28 -66 56 2.4
s^ r 16 -94 5 20 2
s^ r 16 -56 5 30 2
@hammer table .3 90 workshop .4 : hammer, geologist's hammer
n!^ M-8 -84L6 -84L12 2H-12Z
S^ M-44 -102H28Q44 -100 46 -84L40 -74H-44Z
s= r -46 -104 14 32 3
@saw table .2 190 workshop .28 : saw, handsaw
s^ M-100 -34L50 -74V-26Z
S= M-100 -34L50 -26L46 -20L42 -26L36 -20L32 -27L26 -20L22 -27L16 -21L12 -28L6 -22L2 -29L-4 -23L-8 -30L-14 -24L-18 -30L-24 -25L-30 -31L-36 -26L-40 -31Z
n!^ M48 -78H86Q98 -76 96 -60L88 -20Q84 -10 70 -12L50 -20Z
k=%60 o 72 -44 9 16
@spanner table .25 60 workshop .44 : spanner, wrench, adjustable wrench, monkey wrench
s!^ M-10 -68H10V-30H-10Z
s!^ M-26 -100L-10 -92V-80H10V-92L26 -100Q34 -72 10 -62H-10Q-34 -72 -26 -100Z
s!^ M-10 -34H10Q26 -26 24 -12Q20 2 0 2Q-20 2 -24 -12Q-26 -26 -10 -34Z
S= c 0 -14 10
@screwdriver table .25 44 workshop .46 : screwdriver
S^ r -4 -58 8 54
S= M-5 -8H5L3 2H-3Z
r!~ M-12 -98H12Q16 -78 10 -56H-10Q-16 -78 -12 -98Z
k=%40 l2 M-4 -94V-62M4 -94V-62
@drill table .25 150 workshop .34 : drill, power drill, electric drill, cordless drill
S^ M-84 -78L-40 -84V-68L-84 -74Z
k= r -46 -88 18 26 3
M!^ M-30 -96H50Q64 -94 64 -76Q62 -58 44 -56L52 -12H22L18 -56H-30Z
k^ r 14 -14 52 16 4
@axe table .6 80 forest .42 : axe, hatchet
n!^ M4 -96H16L8 2H-6Z
S^ M10 -96H-10Q-34 -100 -38 -76Q-38 -58 -32 -50Q-18 -62 8 -64Z
w= M-36 -90Q-42 -70 -32 -50Q-30 -68 -34 -88Z
@shovel ground 1.1 44 garden .44 : shovel, spade, garden spade, snow shovel
n!^ r -4 -96 8 60
e= M-16 -102H16V-92H-16Z
S^ M-18 -44H18V-16Q12 2 0 4Q-12 2 -18 -16Z
w=%40 M-12 -40H-6V-12Z
@broom ground 1.4 64 home .44 : broom, besom, sweeping brush
n!^ r -3.5 -104 7 74
y^ M-12 -38H12L28 2H-28Z
r= r -14 -42 28 9 2
e=%40 l1.4 M-10 -30L-18 0M0 -30V0M10 -30L18 0
@ladder ground 3 56 garden .6 : ladder, stepladder, rungs, step ladder
n!~ M-26 0L-20 -104H-14L-18 0ZM26 0L20 -104H14L18 0Z
*7,0,-14 n+ r -20 -10 40 5 1
@toolbox table .35 140 workshop .32 : toolbox, tool kit, tool box, toolkit
S= l7 M-30 -56V-80H30V-56
r!^ r -70 -60 140 60 5
r!_ r -70 -38 140 4
y= r -12 -44 24 14 2
@scissors table .2 84 workshop .4 : scissors, pair of scissors
s^ M-20 -102L8 -40L-2 -36ZM20 -102L-8 -40L2 -36Z
r!= l8 M-6 -36Q-36 -34 -34 -14Q-30 4 -14 -2Q2 -10 4 -40M6 -36Q36 -34 34 -14Q30 4 14 -2Q-2 -10 -4 -40
S= c 0 -42 3
@thread table .1 74 workshop .36 : thread, spool, spool of thread, reel of thread, yarn spool, needle and thread, bobbin
n^ r -32 -98 64 14 4
n^ r -32 -14 64 14 4
M!~ M-24 -84H24Q28 -50 24 -14H-24Q-28 -50 -24 -84Z
k=%30 l1.6 M-24 -74L25 -68M-25 -62L26 -56M-26 -50L26 -44M-25 -38L25 -32M-24 -26L24 -20
M!= l2 M24 -30Q50 -30 44 -6Q36 8 60 0
@tangle table .2 150 studio .4 : tangle, tangle of thread, tangle of threads, tangle of string, tangle of wool, knot of thread, tangled thread
M!= l3 M-52 -44C-60 -96 10 -110 28 -70C44 -30 -30 -8 -44 -40C-56 -78 16 -104 36 -58C46 -18 -40 -2 -54 -50C-50 -92 34 -96 30 -48C22 -10 -34 -26 -30 -58C-22 -90 38 -80 22 -40C10 -16 -20 -30 -14 -54
M!= l3 M-44 -66C-20 -108 44 -84 34 -44C20 -2 -50 -16 -46 -56C-38 -96 24 -100 38 -64C40 -26 -18 -12 -34 -34
M!= l3 M-14 -54C10 -84 46 -36 30 -18C24 -4 60 -2 92 -2H150
@yarn table .15 120 home .3 : yarn, wool, ball of wool, ball of yarn
M!~ c 0 -42 42
k=%25 l2 M-38 -54Q0 -84 36 -60M-42 -40Q0 -70 42 -42M-38 -24Q0 -54 40 -26M-20 -78Q20 -50 16 -4M-34 -66Q4 -40 0 0
M!= l4 M30 -12Q60 6 76 -8Q88 -20 70 -22
@knitting table .15 120 home .3 : knitting, knitting needles
n= l4 M-50 -100L24 -20M50 -100L-20 -24
M!~ c 0 -42 42
k=%25 l2 M-38 -54Q0 -84 36 -60M-42 -40Q0 -70 42 -42M-38 -24Q0 -54 40 -26M-20 -78Q20 -50 16 -4M-34 -66Q4 -40 0 0
M!= l4 M30 -12Q60 6 76 -8Q88 -20 70 -22
@rope table .2 200 harbour .26 : rope, coil of rope, coiled rope, hawser
#a8824e!= l13 M-64 -22A64 18 0 1 0 64 -22A64 18 0 1 0 -64 -22
t!= l11 M-64 -36A64 18 0 1 0 64 -36A64 18 0 1 0 -64 -36
#a8824e!= l11 M-54 -48A54 15 0 1 0 54 -48A54 15 0 1 0 -54 -48
t!= l10 M-34 -50A34 9 0 1 0 34 -50A34 9 0 1 0 -34 -50
t!= l8 M60 -20Q84 -10 104 -2
e=%50 l2 M-60 -30l9 8M-44 -22l9 8M-22 -18l9 8M2 -16l9 8M26 -18l9 7M46 -24l8 7M-50 -42l8 7M-26 -36l8 7M4 -34l8 7M30 -37l8 6
@fishing_net ground 1.2 150 harbour .36 : fishing net, dripping net, fishing nets, trawl net
#5f8f9a!= l3 M-64 -94Q0 -66 64 -94Q70 -30 30 0H-30Q-70 -30 -64 -94
#5f8f9a!= l1.6 M-66 -72Q0 -46 66 -72M-62 -50Q0 -26 62 -50M-52 -28Q0 -8 52 -28M-44 -88Q-40 -30 -18 0M-20 -80Q-16 -30 -6 0M44 -88Q40 -30 18 0M20 -80Q16 -30 6 0
o= c -64 -94 7
o= c -22 -80 7
o= c 22 -80 7
o= c 64 -94 7
@anchor table .8 84 harbour .42 : anchor
S!^ M-6 -80H6V-10Q30 -16 34 -40L24 -38L42 -60L50 -32L42 -36Q34 0 0 4Q-34 0 -42 -36L-50 -32L-42 -60L-24 -38L-34 -40Q-30 -16 -6 -10Z
S!= r -28 -72 56 9 4
S!= l6 M0 -80A10 10 0 1 1 0.1 -80
@chain table .2 170 workshop .24 : chain, chains, link of a chain, iron chain
s!= l9 M-70 -50A22 15 0 1 1 -69.9 -50M-26 -50A22 15 0 1 1 -25.9 -50M18 -50A22 15 0 1 1 18.1 -50M62 -50A22 15 0 1 1 62.1 -50
@wheelbarrow ground .7 160 garden .3 : wheelbarrow, barrow
n= l6 M84 -62L-40 -22
M!^ M-60 -76H54L34 -30H-36Z
k= c -48 -18 18
s= c -48 -18 7
S= l6 M40 -40L48 0
@hard_hat table .2 140 workshop .3 : hard hat, safety helmet, hard hats
y!^ M-56 -22Q-58 -92 0 -94Q58 -92 56 -22Z
y!+ M-12 -94H12L14 -22H-14Z
y!- M-66 -24H70Q80 -16 76 -6H-62Q-72 -12 -66 -24Z
@paint_roller table .3 84 home .42 : paint roller, paint bucket, tin of paint, paint can
M!~ r -40 -102 72 26 6
S= l5 M32 -90H44V-64H0V-44
r^ r -6 -46 13 48 5
M!= M-34 -76H-26V-58Q-30 -50 -34 -58Z
@gloves table .2 120 garden .3 : gloves, glove, mittens, thick gloves, work gloves
M!~ M-56 0V-50Q-68 -66 -58 -74Q-50 -76 -46 -60V-92Q-42 -102 -36 -92V-64V-98Q-30 -106 -26 -98V-64V-92Q-20 -102 -16 -92V-60V-78Q-10 -86 -8 -78V-40L-14 0Z
M!- M10 0V-50Q-2 -66 8 -74Q16 -76 20 -60V-92Q24 -102 30 -92V-64V-98Q36 -106 40 -98V-64V-92Q46 -102 50 -92V-60V-78Q56 -86 58 -78V-40L52 0Z
w= r -58 -14 46 9 2
w= r 8 -14 46 9 2
@sewing_machine table .35 150 workshop .36 : sewing machine
M!^ M-70 -96H50Q70 -96 70 -74V-18H40V-66H-36V-40H-66Q-74 -70 -70 -96Z
k^ r -80 -18 160 18 4
S= l4 M-52 -40V-20
s= c 58 -50 13
k= c 58 -50 5
w=%50 r -50 -88 80 5 2
@nail_board table .1 110 workshop .3 : nail, nails
n^ r -54 -22 108 22 3
n- r -46 -44 92 22 3
e=%40 l1.6 M-50 -10H50M-40 -34H40
*3,26,0 s^ M-30 -82H-14V-77H-19L-21 -46H-23L-25 -77H-30Z
""".replace("w+%40 *3,20,0", "*3,20,0 w+%40")
)
