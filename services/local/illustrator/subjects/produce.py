"""Fruit, vegetables and other things that grow to be eaten."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet("""
@lemon table .08 130 kitchen .26 : lemon
y!~ M-64 -40Q-54 -46 -48 -58Q-30 -88 2 -88Q34 -88 48 -58Q54 -46 64 -42Q54 -32 48 -22Q30 4 0 4Q-32 4 -48 -22Q-54 -34 -64 -40Z
w+%40 o -16 -62 20 9
G= M40 -66Q60 -96 84 -84Q70 -58 40 -66Z
@lime < lemon #8cbf3f : lime wedge, limes, lime fruit
@orange table .08 104 kitchen .28 : oranges, orange fruit, bowl of oranges, an orange
o!~ c 0 -46 46
w+%35 o -16 -66 14 9
e= c 2 -90 4
G= M2 -90Q20 -110 46 -98Q30 -80 2 -90Z
@grapefruit < orange #f0a070 : grapefruit
@peach < orange #f5b183 : peaches
@plum < orange #6f3a66 : plums
@banana table .12 150 kitchen .28 : banana, bananas, bunch of bananas
#d9a92c- M-62 -70Q-40 0 40 0Q70 -4 76 -16Q40 -14 8 -34Q-30 -58 -48 -96Z
y!^ M-54 -92Q-46 -20 22 -10Q60 -6 78 -30Q40 -26 14 -46Q-20 -70 -34 -98Z
e= M-56 -96L-38 -102L-32 -92L-54 -84Z
e= M70 -30L80 -32L80 -22L72 -20Z
@pear table .1 78 kitchen .32 : pear, pears
#b8c24a!~ M0 -86Q18 -86 20 -64Q24 -52 34 -40Q44 -8 14 2Q0 6 -14 2Q-44 -8 -34 -40Q-24 -52 -20 -64Q-18 -86 0 -86Z
w+%35 o -14 -34 8 16
e= l4 M0 -84Q2 -96 8 -100
G= M4 -92Q20 -104 34 -92Q20 -82 4 -92Z
@grapes table .14 90 vineyard .34 : grape, grapes, bunch of grapes, heavy bunch of grapes
e= l4 M0 -82Q4 -94 16 -98
G= M0 -84Q-34 -104 -42 -78Q-26 -66 0 -80Z
#6a3d7e!~ c -24 -66 15
#6a3d7e!~ c 0 -70 15
#6a3d7e!~ c 24 -66 15
#6a3d7e!~ c -14 -46 15
#6a3d7e!~ c 12 -46 15
#6a3d7e!~ c 30 -50 13
#6a3d7e!~ c -32 -48 13
#6a3d7e!~ c 0 -26 15
#6a3d7e!~ c 20 -28 13
#6a3d7e!~ c -20 -28 13
#6a3d7e!~ c 2 -8 12
*3,20,4 w+%40 c -22 -70 4
@strawberry table .05 84 kitchen .3 : strawberry, strawberries
r!~ M0 2Q-42 -30 -38 -62Q-30 -84 0 -76Q30 -84 38 -62Q42 -30 0 2Z
*4,16,0 y= o -24 -54 2 3
*3,16,0 y= o -16 -36 2 3
*2,14,0 y= o -7 -18 2 3
G= M0 -98L6 -84L24 -92L18 -78L40 -74L14 -66L0 -56L-14 -66L-40 -74L-18 -78L-24 -92L-6 -84Z
@cherries table .05 96 kitchen .3 : cherry, cherries
G= l3 M-26 -40Q-12 -80 10 -96Q14 -70 28 -36
G= M10 -96Q36 -108 52 -88Q30 -78 10 -96Z
r!~ c -26 -22 23
r!~ c 26 -20 22
w+%40 |o -33 -30 6 4
@berries table .06 120 kitchen .26 : blueberry, blueberries, raspberry, raspberries, blackberry, blackberries, berry, berries, bowl of berries
#40508c!~ c -36 -22 23
#40508c!~ c 6 -20 22
#40508c!~ c 42 -20 19
#b8304f~ c -14 -54 22
#b8304f~ c 26 -52 20
#40508c!~ c 6 -82 18
k=%50 c 6 -90 5
k=%50 c -38 -32 6
k=%50 c 42 -28 5
G= M22 -70Q48 -98 66 -76Q50 -60 22 -70Z
@watermelon table .25 180 kitchen .3 : watermelon
G= M-86 -84Q-80 4 0 4Q80 4 86 -84Z
#dff0c8= M-78 -84Q-72 -4 0 -4Q72 -4 78 -84Z
#e5534f!^ M-70 -84Q-64 -12 0 -12Q64 -12 70 -84Z
*5,24,0 k= o -48 -68 3 5
*3,24,0 k= o -24 -44 3 5
@pineapple table .3 70 kitchen .44 : pineapple, ananas
G= M0 -58L-26 -88L-12 -82L-14 -102L0 -88L14 -102L12 -82L26 -88Z
#d99a2b!~ M0 -66Q30 -64 30 -34Q30 2 0 2Q-30 2 -30 -34Q-30 -64 0 -66Z
#9a6a1e= l1.6 M-26 -50L20 -4M-12 -62L29 -24M-29 -30L4 0M26 -50L-20 -4M12 -62L-29 -24M29 -30L-4 0
@mango table .12 110 kitchen .28 : mango, mangoes
#eea23a!~ M-48 -24Q-52 -62 -8 -82Q40 -92 50 -52Q52 -8 8 2Q-36 6 -48 -24Z
r-%35 M8 -86Q50 -84 50 -48Q48 -20 30 -8Q36 -50 8 -86Z
e= l4 M-8 -82V-92
G= M-8 -88Q20 -112 44 -98Q26 -84 -8 -88Z
@avocado table .12 80 kitchen .32 : avocado, avocados
#3b5a2d= M0 -98Q20 -98 26 -66Q44 -46 42 -28Q38 4 0 4Q-38 4 -42 -28Q-44 -46 -26 -66Q-20 -98 0 -98Z
#dbe08a!^ M0 -90Q14 -90 19 -62Q34 -44 33 -28Q30 -4 0 -4Q-30 -4 -33 -28Q-34 -44 -19 -62Q-14 -90 0 -90Z
e~ c 0 -32 17
@kiwi table .07 100 kitchen .26 : kiwi fruit, kiwis
e= c 0 -46 48
#8fc24a!= c 0 -46 43
#eef2cf= o 0 -46 14 16
k= l3 M0 -66V-70M14 -60L16 -64M20 -46H24M14 -32L16 -28M0 -26V-22M-14 -32L-16 -28M-20 -46H-24M-14 -60L-16 -64
@coconut table .14 110 kitchen .28 : coconut, coconuts
e!~ c -14 -44 42
k= c -26 -60 4
k= c -10 -64 4
k= c -16 -50 4
e= M18 4Q-4 -20 6 -48Q54 -60 58 -30Q54 2 18 4Z
w= M20 -2Q6 -20 14 -42Q46 -50 50 -28Q46 -4 20 -2Z
@fig table .06 80 kitchen .3 : fig, figs
#5a3a66!~ M0 -96Q8 -72 30 -46Q44 -10 18 2Q0 6 -18 2Q-44 -10 -30 -46Q-8 -72 0 -96Z
l+%40 l2 M-4 -80Q-22 -40 -16 -4M4 -80Q22 -40 16 -4
@pomegranate table .1 96 kitchen .3 : pomegranate, pomegranates
#b8334a!~ M0 -80Q46 -78 44 -36Q40 4 0 4Q-40 4 -44 -36Q-46 -78 0 -80Z
#b8334a= M-12 -78L-16 -98L-5 -90L0 -100L5 -90L16 -98L12 -78Z
#f4d9a8= M2 -8Q-22 -30 -4 -54Q26 -58 30 -30Q26 -10 2 -8Z
#d6304f= c 4 -20 5
#d6304f= c -2 -34 5
#d6304f= c 10 -34 5
#d6304f= c 18 -24 5
#d6304f= c 6 -46 5
@tomato table .07 100 kitchen .28 : tomato, tomatoes
r!~ M0 -78Q48 -84 48 -40Q46 2 0 2Q-46 2 -48 -40Q-48 -84 0 -78Z
w+%35 o -20 -58 12 7
G= M0 -98L4 -82L22 -90L12 -76L28 -68L6 -70L0 -58L-6 -70L-28 -68L-12 -76L-22 -90L-4 -82Z
@carrot table .18 140 kitchen .28 : carrot, carrots
G= M-34 -58Q-60 -100 -84 -88Q-76 -66 -44 -52Z
G+ M-40 -52Q-88 -72 -98 -48Q-76 -40 -44 -42Z
o!^ M-48 -60Q-34 -70 -20 -56Q30 -30 82 0Q20 -8 -40 -34Q-56 -44 -48 -60Z
#b8642a= l2 M-26 -54L-34 -44M-4 -42L-10 -34M22 -28L16 -20
@potato table .09 140 kitchen .24 : potato, potatoes
#c9a063!~ M-60 -38Q-56 -78 -8 -82Q50 -84 62 -44Q62 -2 4 2Q-56 4 -60 -38Z
e=%60 c -24 -54 3
e=%60 c 14 -62 3
e=%60 c 28 -28 3
e=%60 c -14 -22 3
@onion table .08 90 kitchen .28 : onion, onions
#c98a4a!~ M0 -96Q6 -78 24 -68Q46 -52 42 -28Q34 2 0 2Q-34 2 -42 -28Q-46 -52 -24 -68Q-6 -78 0 -96Z
#9a5f2c=%60 l1.6 M-2 -86Q-26 -50 -14 0M2 -86Q26 -50 14 0M0 -80V0
@garlic < onion #f1ead9 : garlic, garlic bulb
@bell_pepper table .1 92 kitchen .3 : bell pepper, bell peppers
r!~ M0 -74Q20 -86 36 -74Q50 -58 40 -26Q34 2 18 2Q8 2 0 -4Q-8 2 -18 2Q-34 2 -40 -26Q-50 -58 -36 -74Q-20 -86 0 -74Z
k=%20 l2 M-14 -74Q-20 -36 -10 -2M14 -74Q20 -36 10 -2
G= l7 M0 -74Q0 -90 10 -98
@chilli table .1 150 kitchen .24 : chilli, chili, chilli pepper, chillies, chili pepper
r!^ M-62 -62Q-44 -80 -30 -66Q-8 -22 84 -6Q20 16 -30 -14Q-56 -34 -62 -62Z
G= M-70 -70Q-52 -86 -34 -72Q-44 -56 -62 -58Z
G= l5 M-62 -72Q-76 -86 -72 -98
@pumpkin table .3 130 field .32 : pumpkin, pumpkins, jack-o'-lantern
#e08a2e- o -34 -40 32 40
#e08a2e- o 34 -40 32 40
o!^ o -18 -40 30 43
o!^ o 18 -40 30 43
o!+ o 0 -40 22 44
G= M-6 -80Q-10 -96 -20 -100L-8 -104Q6 -98 8 -80Z
@cabbage table .2 120 kitchen .28 : cabbage
G= M-60 -30Q-70 -70 -30 -80Q0 -100 30 -80Q70 -70 60 -30Q50 4 0 4Q-50 4 -60 -30Z
#8fbf6a!~ M-42 -34Q-46 -66 -14 -74Q22 -84 40 -58Q52 -24 20 -4Q-30 4 -42 -34Z
#dff0c0=%80 l2.4 M0 0Q-6 -40 6 -76M0 -20Q-24 -36 -34 -56M2 -28Q22 -40 32 -60M-2 -6Q-30 -14 -50 -34M4 -8Q34 -14 52 -34
@broccoli table .16 100 kitchen .3 : broccoli
#9cc46a!~ M-14 -50L-10 0H10L14 -50L30 -60L8 -40V-56H-8V-40L-30 -60Z
G~ c -32 -66 18
G~ c 32 -66 18
#4a8a48~ c -14 -78 19
#4a8a48~ c 16 -78 19
G= c 0 -62 18
@cauliflower table .16 120 kitchen .28 : cauliflower
g= M-56 -60Q-60 0 0 2Q60 0 56 -60Q40 -20 0 -24Q-40 -20 -56 -60Z
w~ c -26 -56 20
w~ c 26 -56 20
w+ c 0 -72 22
c= c -10 -42 18
c= c 16 -42 18
g^ M-58 -50Q-30 -34 0 2Q-50 0 -58 -50ZM58 -50Q30 -34 0 2Q50 0 58 -50Z
@aubergine table .2 130 kitchen .28 : aubergine, eggplant, aubergines
#4a2a5e!~ M-50 -20Q-58 -56 -16 -60Q20 -70 50 -84Q70 -70 56 -50Q40 4 -16 4Q-44 2 -50 -20Z
w+%30 o -26 -36 8 14
G= M42 -92Q62 -98 72 -80L84 -90L88 -82L74 -70Q70 -56 56 -60Q42 -72 42 -92Z
@cucumber table .2 170 kitchen .2 : cucumber, cucumbers
G!^ M-84 -12Q-92 -36 -68 -40Q0 -52 68 -34Q92 -28 82 -10Q70 2 0 -4Q-60 8 -84 -12Z
#8fbf6a=%60 l2 M-74 -28Q0 -40 76 -22M-76 -16Q0 -24 74 -12
G!^ M-60 -44Q-66 -70 -40 -74Q10 -92 62 -80Q82 -72 70 -54Q20 -40 -60 -44Z
#8fbf6a=%60 l2 M-50 -60Q10 -76 66 -66
#cfe3a8= o 30 -8 17 15
#e6f2cf= o 30 -8 12 10
@peas table .1 170 kitchen .22 : pea, peas, pod, edamame
G^ M-84 -60Q-40 8 40 -6Q76 -14 86 -50Q40 -20 0 -26Q-50 -34 -84 -60Z
*5,24,-1 #9ccf5a!~ c -46 -40 15
g^ M-84 -60Q-50 12 40 0Q78 -8 86 -50Q60 -8 0 -14Q-50 -22 -84 -60Z
@sweetcorn table .2 74 kitchen .4 : corn on the cob, sweetcorn, maize, corn cob, ear of corn
y!~ M0 -100Q22 -92 22 -50Q20 0 0 2Q-20 0 -22 -50Q-22 -92 0 -100Z
#c9962a=%60 l1.4 M-20 -78H20M-22 -66H22M-22 -54H22M-22 -42H22M-20 -30H20M-11 -92V0M0 -98V0M11 -92V0
G^ M-6 4Q-46 -24 -32 -70Q-20 -50 -10 -30ZM6 4Q46 -24 32 -70Q20 -50 10 -30Z
@radish table .08 70 kitchen .34 : radish, radishes
G^ M0 -50Q-40 -80 -28 -102Q-8 -86 0 -58Q4 -92 26 -102Q34 -78 0 -50Z
#c43a5e!~ M0 -56Q34 -54 32 -30Q26 -8 4 2L0 12L-4 2Q-26 -8 -32 -30Q-34 -54 0 -56Z
@asparagus table .2 60 kitchen .38 : asparagus
*4,13,0 g!~ M-26 0V-84Q-20 -102 -14 -84V0Z
*4,13,0 G= M-24 -82Q-20 -102 -16 -82L-20 -76Z
*4,13,0 G=%70 l1.6 M-25 -62L-19 -68M-25 -40L-19 -46
r= r -30 -36 60 9 3
@olives table .05 130 kitchen .26 : olive, olives, olive branch, olive sprig
e= l3 M-64 -84Q0 -70 62 -90
G+ M-40 -82Q-56 -110 -66 -96Q-60 -82 -40 -82ZM20 -80Q34 -108 52 -100Q44 -82 20 -80ZM-10 -78Q-6 -104 8 -104Q12 -88 -10 -78ZM46 -86Q66 -70 78 -78Q70 -94 46 -86Z
#6a7a34!~ o -28 -40 19 26
#4a3a4e~ o 16 -36 19 26
#6a7a34!~ o 52 -50 15 21
w+%40 o -34 -50 4 7
w+%40 o 10 -46 4 7
@herbs table .2 100 garden .3 : herb, herbs, basil, parsley, mint leaves, coriander, rosemary, thyme, fresh herbs, sprig, oregano, bunch of herbs, chopped herbs
G= l3 M0 0Q-4 -50 0 -90M-4 -10Q-24 -40 -30 -70M4 -10Q24 -40 30 -70
g!^ M0 -98Q16 -84 0 -68Q-16 -84 0 -98ZM-30 -84Q-14 -70 -28 -54Q-46 -68 -30 -84ZM30 -84Q46 -68 28 -54Q14 -70 30 -84Z
G^ M-2 -44Q-30 -56 -40 -40Q-22 -28 -2 -44ZM2 -44Q30 -56 40 -40Q22 -28 2 -44ZM-2 -66Q-22 -78 -16 -56ZM2 -66Q22 -78 16 -56Z
g+ M-4 -20Q-30 -30 -44 -14Q-24 -4 -4 -20ZM4 -20Q30 -30 44 -14Q24 -4 4 -20Z
w= r -9 -16 18 7 3
@nuts table .05 130 kitchen .24 : nut, nuts, walnut, almond, hazelnut, hazelnuts, almonds, walnuts, peanut, chestnut, pecan
#a9703f!~ M-60 -26Q-62 -64 -28 -66Q4 -64 2 -28Q-2 2 -30 2Q-56 2 -60 -26Z
e= l2 M-30 -64Q-20 -30 -30 0M-46 -52Q-36 -40 -48 -28M-16 -52Q-10 -36 -14 -20
#c98d56~ M14 -24Q14 -72 40 -84Q64 -66 64 -24Q58 2 38 2Q18 2 14 -24Z
e= M12 -40Q14 -70 40 -86Q66 -70 66 -40Q40 -52 12 -40Z
@wheat ground .9 80 field .46 : wheat, ear of wheat, ears of grain, grain, ears of wheat, ripe grain, stalk of wheat
#c8a24a= l2.4 M-24 0Q-26 -40 -30 -62M0 0V-66M24 0Q26 -40 30 -62
y!= M-30 -98Q-22 -86 -30 -76Q-38 -86 -30 -98ZM-40 -84Q-28 -80 -31 -66Q-42 -70 -40 -84ZM-20 -84Q-32 -80 -29 -66Q-18 -70 -20 -84ZM-40 -68Q-28 -64 -30 -50Q-42 -54 -40 -68ZM-20 -68Q-32 -64 -29 -50Q-18 -54 -20 -68Z
y!+ M0 -104Q8 -92 0 -82Q-8 -92 0 -104ZM-10 -90Q2 -86 -1 -72Q-12 -76 -10 -90ZM10 -90Q-2 -86 1 -72Q12 -76 10 -90ZM-10 -74Q2 -70 -1 -54Q-12 -60 -10 -74ZM10 -74Q-2 -70 1 -54Q12 -60 10 -74Z
y!- M30 -98Q22 -86 30 -76Q38 -86 30 -98ZM40 -84Q28 -80 31 -66Q42 -70 40 -84ZM20 -84Q32 -80 29 -66Q18 -70 20 -84ZM40 -68Q28 -64 30 -50Q42 -54 40 -68ZM20 -68Q32 -64 29 -50Q18 -54 20 -68Z
@rice_plant < wheat #a8bf5a : rice plants, rice paddy
@hops table .1 70 field .34 : hop cone, hops
#8fae4a!~ M0 -92Q30 -80 28 -40Q22 -4 0 2Q-22 -4 -28 -40Q-30 -80 0 -92Z
#5f7f3a=%60 l2 M-22 -66Q-12 -50 0 -66Q12 -50 22 -66M-27 -46Q-14 -28 0 -46Q14 -28 27 -46M-24 -26Q-12 -10 0 -26Q12 -10 24 -26
""")
