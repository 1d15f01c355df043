"""Dishes, sweets and what comes from the larder."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@pizza table .06 220 kitchen .3 : pizza, slice of pizza, pizzas, margherita
#b9793f^ o 0 -40 106 42
#e8b45a= o 0 -44 98 37
#d9503a= o 0 -45 88 32
#f4d98a=%90 o 0 -46 80 28
r= o -40 -52 13 7
r= o 10 -62 13 6
r= o 46 -46 13 7
r= o -6 -36 13 7
r= o -52 -36 10 5
G= M-20 -58Q-8 -66 0 -56Q-10 -50 -20 -58ZM22 -40Q34 -48 42 -36Q30 -30 22 -40ZM-34 -30Q-22 -38 -16 -28Z
#b9793f= l2 M-98 -42L98 -44M-40 -78L40 -10M40 -78L-40 -10
@burger table .12 130 kitchen .34 : burger, hamburger, cheeseburger, burgers
#d99a4a^ M-56 -58Q-54 -98 0 -98Q54 -98 56 -58Z
*4,22,0 w= o -34 -82 4 2.4
G= M-62 -56Q-48 -44 -36 -56Q-22 -44 -10 -56Q4 -44 16 -56Q30 -44 42 -56Q54 -46 62 -56L58 -64H-58Z
r= r -54 -48 108 8 4
y= M-58 -40H58L40 -28L26 -40Z
e^ r -58 -40 116 16 8
#d99a4a^ M-56 -22H56Q56 0 40 0H-40Q-56 0 -56 -22Z
@sandwich table .1 140 kitchen .3 : sandwich, sandwiches
#d9a865^ M-66 -66L0 -96L70 -66V-56H-66Z
G= M-68 -54Q-50 -44 -34 -54Q-16 -44 0 -54Q16 -44 34 -54Q50 -44 72 -54V-60H-68Z
p= r -64 -48 130 9 3
y= r -66 -40 134 7 2
r= r -62 -34 126 7 3
#e8c68e^ M-66 -26H70V-6Q70 0 62 0H-58Q-66 0 -66 -6Z
#c98d4e= r -66 -6 136 6 3
@soup table .14 180 kitchen .3 : soup, stew, bowl of soup, broth, chowder, bowl of stew, steaming bowl
w*%60 l4 M-24 -80Q-32 -90 -24 -100M4 -80Q-4 -90 4 -102M30 -80Q22 -90 30 -100
w!^ M-84 -60Q-76 -8 -28 -4H28Q76 -8 84 -60Z
w_ r -34 -6 68 7 3
w+ o 0 -60 84 17
#d97a35= o 0 -59 74 12
w=%70 l3 M-30 -56Q0 -66 30 -62
@curry < soup #c8743a : curry, dal
@salad table .14 170 kitchen .32 : salad, green salad, bowl of salad, salad bowl, greens in a bowl
g^ M-74 -56Q-80 -84 -46 -84Q-34 -102 -8 -92Q16 -106 34 -90Q70 -90 72 -56Z
G= M-50 -64Q-44 -92 -18 -84Q-26 -62 -50 -64ZM10 -62Q20 -94 48 -82Q40 -60 10 -62Z
r= c -8 -70 11
r= c 44 -66 10
y= c -36 -66 8
w!^ M-82 -58Q-74 -8 -30 -2H30Q74 -8 82 -58Z
w- M20 -58H82Q74 -8 30 -2H4Q24 -20 20 -58Z
@noodles table .16 170 kitchen .32 : noodles, ramen, pho, bowl of noodles, udon, noodle soup
w= o 0 -60 78 16
#e8c26a= l4 M-60 -60Q-40 -76 -20 -60Q0 -76 20 -60Q40 -72 58 -60M-52 -56Q-28 -68 -8 -56Q14 -68 40 -56
r!^ M-80 -60Q-72 -8 -28 -2H28Q72 -8 80 -60Q40 -44 0 -44Q-40 -44 -80 -60Z
w=%50 l3 M-70 -40Q0 -22 70 -40
@pasta table .1 220 kitchen .28 : pasta, spaghetti, tagliatelle, plate of pasta, carbonara
w+ o 0 -22 104 26
w- o 0 -19 78 17
#ecc66a= l5 M-56 -28Q-40 -60 -10 -40Q20 -64 56 -28M-50 -20Q-20 -52 4 -30Q30 -56 48 -22M-40 -34Q-10 -70 30 -44M-30 -18Q0 -40 36 -18
@sushi table .06 180 kitchen .26 : sushi, maki, nigiri, sashimi, sushi roll, sushi rolls
k^ r -96 -10 192 10 3
*3,58,0 w+ r -84 -44 50 34 12
*3,58,0 o!^ M-88 -42Q-86 -64 -58 -64Q-30 -64 -28 -42Q-58 -52 -88 -42Z
*3,58,0 k= r -64 -58 12 48 2
*3,58,0 w+%50 l2 M-80 -50L-72 -60M-44 -60L-36 -50
@tacos table .1 180 kitchen .28 : taco, tacos
G= M-70 -66Q-54 -92 -36 -80Q-20 -98 0 -84Q22 -98 36 -80Q58 -90 72 -62Z
r= c -30 -74 9
r= c 20 -76 9
e= c -4 -74 9
#e8b45a!^ M-84 0Q-88 -74 0 -76Q88 -74 84 0Z
#b8803a=%50 c -40 -30 4
#b8803a=%50 c 10 -50 4
#b8803a=%50 c 46 -24 4
#b8803a=%50 c -10 -20 4
@pancakes table .12 180 kitchen .3 : pancake, pancakes, stack of pancakes
w+ o 0 -8 92 12
*4,0,-15 #c98a44^ M-64 -24Q-64 -8 0 -6Q64 -8 64 -24V-28H-64Z
*4,0,-15 #eab96c= o 0 -26 64 12
#a85f20^ M-30 -74Q0 -90 34 -74Q40 -62 34 -48Q26 -36 24 -60Q-10 -58 -18 -40Q-26 -36 -30 -60Z
@fried_egg table .04 180 kitchen .24 : fried egg, eggs and bacon
w+ M-84 -30Q-90 -62 -44 -66Q-14 -90 24 -70Q76 -74 84 -36Q84 0 30 2Q-10 14 -44 0Q-80 0 -84 -30Z
y!~ c 0 -42 25
w+%60 o -8 -52 7 4
@egg table .06 76 kitchen .28 : egg, eggs, boiled egg
c!~ M0 -98C24 -98 37 -62 37 -38C37 -12 20 2 0 2C-20 2 -37 -12 -37 -38C-37 -62 -24 -98 0 -98Z
w+%50 o -12 -60 7 14
@steak table .05 220 kitchen .24 : steak, grilled meat, beef
w+ o 0 -18 106 20
#8a4a30!^ M-72 -30Q-76 -66 -20 -66Q20 -78 62 -54Q84 -30 54 -14Q-10 -2 -56 -12Q-70 -18 -72 -30Z
#4a281c= l3 M-44 -54L-24 -18M-20 -60L2 -16M6 -62L28 -18M32 -60L50 -24
@roast_chicken table .16 190 kitchen .3 : roast chicken, roast turkey, roast, chicken dinner, thanksgiving turkey
w+ o 0 -10 98 14
#c07f3c!^ M-74 -30Q-70 -78 -6 -80Q40 -82 62 -50Q76 -24 60 -12H-56Q-74 -14 -74 -30Z
#9a5f28^ M14 -24Q18 -60 50 -52Q74 -44 84 -58L96 -50Q84 -30 62 -22Q40 -12 14 -24Z
w= c 92 -60 6
w= c 98 -52 5
@cheese table .14 150 kitchen .28 : cheese, parmesan, cheddar, wedge of cheese, cheeses
y!+ M-72 -56L30 -94L76 -56Z
y!^ M-72 -56H76V0H-72Z
#c9962a= o -40 -34 12 9
#c9962a= o 6 -18 10 7
#c9962a= o 46 -36 13 9
#c9962a= o 14 -68 12 5
@butter table .08 150 kitchen .22 : butter, slab of butter
w- M-84 -16H84L72 0H-72Z
y!^ r -58 -60 104 44 4
#fff0b0= M-58 -60L-42 -76H62L46 -60Z
#d9b44a= M46 -60L62 -76V-30L46 -16Z
@hot_dog table .08 180 kitchen .22 : hot dog
#d99a4a^ M-76 -46Q-80 -72 -50 -72H50Q80 -72 76 -46Z
#b8503a!^ r -90 -58 180 30 15
y= l6 M-70 -52Q-58 -62 -46 -52Q-34 -42 -22 -52Q-10 -62 2 -52Q14 -42 26 -52Q38 -62 50 -52Q60 -44 70 -52
#e0aa60^ M-82 -40Q-40 -30 0 -30Q40 -30 82 -40Q82 0 50 2H-50Q-82 0 -82 -40Z
@ham table .14 150 kitchen .28 : ham, prosciutto, gammon, leg of ham
#c9665a!^ M-70 -36Q-66 -84 -10 -84Q40 -82 52 -44Q56 -2 0 2Q-66 2 -70 -36Z
#f0b8a8= o 26 -40 25 34
w= o 26 -40 8 10
w^ M-70 -44L-92 -58Q-102 -50 -96 -42Q-104 -34 -94 -28L-68 -28Z
@fries table .14 100 kitchen .34 : fries, french fries
*7,11,0 y^ r -38 -96 8 60 1
*6,11,0 #e0b040^ r -32 -88 8 50 1
r!^ M-46 -60Q0 -44 46 -60L36 0H-36Z
w= c 0 -28 12
@dumplings table .08 190 kitchen .24 : dumpling, dumplings, gyoza, dim sum, wonton, momo
w- M-90 -14H90L78 2H-78Z
*3,54,0 c!^ M-82 -16Q-84 -54 -54 -58Q-26 -54 -26 -16Z
*3,54,0 #c9b48a= l2 M-72 -40L-64 -54M-62 -40L-58 -58M-46 -40L-50 -58M-36 -40L-44 -54
@ice_cream table .18 64 garden .44 : ice cream, ice-cream, gelato, ice cream cone, cone of ice cream, scoop of ice cream
t^ M-24 -52H24L2 4H-2Z
e=%50 l1.4 M-18 -48L10 -16M-6 -50L14 -24M18 -48L-10 -16M6 -50L-14 -24
p~ c -13 -62 18
#f1e0b0~ c 13 -62 18
p!~ c 0 -80 19
@doughnut table .06 150 kitchen .28 : doughnut, donut, doughnuts, donuts
#c98a44^ o 0 -42 70 42
p!= M-62 -50Q-66 -84 0 -84Q66 -84 62 -50Q50 -38 40 -48Q24 -30 8 -44Q-14 -28 -30 -44Q-50 -34 -62 -50Z
#9a6428= o 0 -56 20 11
*5,22,0 b= r -48 -72 8 3 1.5
*4,24,0 y= r -40 -62 3 8 1.5
@cookie table .03 140 kitchen .26 : cookie, cookies, biscuit, biscuits, shortbread
#c98d4e!~ o 0 -46 66 46
k= o -26 -62 9 7
k= o 18 -66 8 6
k= o -6 -36 9 7
k= o 34 -36 8 6
k= o -38 -32 7 5
@cupcake table .1 88 kitchen .34 : cupcake, muffin, cupcakes, muffins, small cakes, fairy cake
M!^ M-36 -48H36L26 0H-26Z
w=%40 l2.4 M-22 -46L-16 -2M-8 -46L-6 -2M8 -46L6 -2M22 -46L16 -2
p~ M-44 -48Q-48 -68 -26 -68Q-26 -84 -6 -82Q0 -98 8 -84Q30 -84 26 -68Q48 -68 44 -48Z
@pie table .12 190 kitchen .28 : pie, apple pie, pastry pie, pies
#b8793a^ M-84 -46L-66 0H66L84 -46Z
#d99a4a= o 0 -48 86 26
#eab96c= o 0 -51 74 20
#b8793a= l3 M-60 -60L60 -40M-40 -68L70 -48M-70 -50L40 -34M60 -62L-60 -40M40 -68L-70 -48M70 -52L-40 -34
*8,22,0 #eab96c= c -77 -44 8
@chocolate table .08 140 kitchen .26 : chocolate, chocolate bar, chocolates
r!^ M-64 -50H64V0H-64Z
w=%50 r -64 -28 128 8
e^ M-58 -96H58V-46L40 -54L20 -46L0 -54L-20 -46L-40 -54L-58 -46Z
#4a2d1c= l3 M-20 -96V-50M20 -96V-50M-58 -72H58
@honey table .14 80 kitchen .38 : honey, jar of honey, honey jar, honeycomb jar
#c98a2a^ M-32 -72Q-42 -60 -40 -40V-10Q-40 0 -30 0H30Q40 0 40 -10V-40Q42 -60 32 -72Z
y!+%80 M-30 -66Q-34 -58 -33 -40V-12Q-33 -6 -26 -6H-8V-66Z
w= r -26 -44 52 28 4
#d9932a= M0 -41L9 -36V-26L0 -21L-9 -26V-36Z
n^ r -36 -88 72 16 5
@honeycomb table .2 110 field .34 : honeycomb, piece of comb, comb of honey, wax cells, hexagonal cells
#b8761e= M-52 -88L0 -104L54 -88L58 -10L8 4L-50 -8Z
*3,30,0 y*%90 M-30 -84L-17 -76V-62L-30 -54L-43 -62V-76Z
*2,30,0 #e8a52e= M-15 -58L-2 -50V-36L-15 -28L-28 -36V-50Z
*3,30,0 y= M-30 -32L-17 -24V-10L-30 -2L-43 -10V-24Z
#e8a52e= M45 -58L54 -50V-36L45 -28L32 -36V-50Z
@popcorn table .2 80 home .4 : popcorn
w~ c -22 -80 15
w~ c 22 -80 15
#f6e6b0~ c 0 -88 16
w~ c -8 -72 13
#f6e6b0~ c 12 -70 12
w^ M-40 -72H40L30 0H-30Z
r!= M-30 -72H-16L-14 0H-22ZM-2 -72H12L10 0H0ZM26 -72H38L28 0H22Z
@porridge < soup #f0e4cc : porridge, oatmeal
@rice table .12 150 kitchen .28 : rice, bowl of rice
w~ M-54 -58Q-44 -98 0 -98Q44 -98 54 -58Z
s=%30 *3,20,0 o -20 -76 3 1.6
b!^ M-70 -60Q-62 -8 -26 -2H26Q62 -8 70 -60Z
w=%40 l3 M-62 -44Q0 -26 62 -44
@seafood table .1 220 kitchen .26 : seafood, prawn, shrimp, shrimps, prawns
w+ o 0 -16 104 20
#d9e6ea= o 0 -20 86 13
#f0825e!~ M-64 -24Q-70 -60 -38 -66Q-14 -66 -14 -48Q-40 -54 -42 -26L-54 -14Z
#f0825e!~ M26 -24Q20 -60 52 -66Q76 -66 76 -48Q50 -54 48 -26L36 -14Z
""".replace("s=%30 *3,20,0 o", "*3,20,0 s=%30 o")
)
