"""Food of every day that the other sheets lack, and dishes as they come to the table."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@fish_dish table .08 220 kitchen .26 : grilled fish, grilled sardines, fried fish, baked fish, fish dish, plate of fish, smoked fish, cooked fish
w+ o 0 -18 106 20
w- o 0 -20 84 12
#a9b4ba!^ M-66 -30Q-40 -62 16 -56Q50 -52 60 -34L92 -52L86 -30L92 -10L58 -26Q20 -8 -30 -14Q-58 -18 -66 -30Z
#6f5a44= l3.4 M-24 -50L-12 -16M-2 -54L10 -14M20 -52L32 -18
w= c -48 -33 5
k= c -48 -33 2.4
@plain_cake table .16 180 kitchen .28 : cake, cakes, sponge cake, plum cake, fruit cake, lemon cake, carrot cake, chocolate cake, cheese cake, coffee cake, slice of cake, gateau, torte, pound cake
w+ o 0 -8 96 12
#b8793a- M-74 -58V-14Q0 4 74 -14V-58Z
#d99a4a!^ M-74 -58V-20Q0 -2 74 -20V-58Z
#eab96c= o 0 -58 74 18
w=%85 o 0 -59 60 13
w=%60 l3 M-74 -38Q0 -20 74 -38
@omelette table .05 200 kitchen .24 : omelette, omelet, frittata
w+ o 0 -16 100 18
y!^ M-76 -26Q-70 -64 0 -66Q70 -64 76 -26Q40 -12 -40 -14Z
#d9a03a= l4 M-60 -34Q-10 -58 56 -40
@bun table .08 160 kitchen .26 : bun, buns, bread roll, bread rolls, sourdough roll, sourdough rolls, breakfast rolls, dinner rolls
#c98d4e!~ M-74 -4Q-80 -54 -36 -56Q4 -54 2 -4Z
#c98d4e!~ M2 -4Q-2 -58 40 -58Q82 -54 76 -4Z
#a86a30= l3 M-58 -30L-16 -42M-50 -18L-10 -28M16 -42L60 -30
w=%60 c -40 -46 2
w=%60 c -26 -48 2
w=%60 c 34 -50 2
w=%60 c 48 -48 2
@pretzel table .06 160 kitchen .3 : pretzel, pretzels
#a8622c!= l17 M-30 -10Q-82 -40 -56 -76Q-30 -100 0 -60Q30 -14 34 -10M30 -10Q82 -40 56 -76Q30 -100 0 -60Q-30 -14 -34 -10
w= c -54 -64 2.6
w= c -30 -84 2.6
w= c 30 -84 2.6
w= c 54 -64 2.6
w= c 0 -54 2.6
@beans table .1 150 kitchen .26 : beans, bean, kidney beans, lentils, lentil
#8a5a3a= M-52 -58Q-40 -84 0 -84Q40 -84 52 -58Z
*6,16,0 #a06a44!~ o -40 -62 10 7
*5,16,0 #8a5230~ o -32 -74 10 7
*3,16,0 #a06a44~ o -16 -84 10 7
c!^ M-66 -56H66Q58 -8 26 0H-26Q-58 -8 -66 -56Z
w=%40 l3 M-56 -42Q0 -26 56 -42
@spices table .12 190 market .26 : spice, spices, turmeric, cumin, paprika powder, curry powder, heaps of spice, ground spices
*1,0,0 #c98a2a^ M-90 -36Q-62 -104 -34 -36Z
*1,0,0 #b8402c^ M-30 -36Q0 -104 30 -36Z
*1,0,0 #d9b23a^ M34 -36Q62 -104 90 -36Z
n^ M-94 -38H-32L-42 0H-82ZM-32 -38H32L22 0H-22ZM32 -38H94L82 0H42Z
w=%30 l3 M-88 -28H-40M-26 -28H26M40 -28H86
@flour table .3 100 kitchen .34 : flour, bag of flour, sack of flour
w!^ M-38 -84H38L46 -4Q0 4 -46 -4Z
w- M-38 -84L-30 -100H30L38 -84Z
n= r -26 -56 52 30 3
y= M-2 -32Q-14 -44 0 -52Q14 -44 2 -32Z
s=%60 l2 M-32 -80L-38 -10M32 -80L38 -10
@dough table .12 190 kitchen .26 : dough, ball of dough, pizza dough, bread dough, fresh dough
w=%70 o 0 -6 100 10
#efe0bc!~ M-70 -6Q-84 -60 -10 -68Q74 -66 72 -6Q0 2 -70 -6Z
#d8c498= l3 M-40 -44Q-6 -60 34 -46M-50 -24Q0 -38 54 -24
@sweets table .08 170 kitchen .26 : candy, candies, bonbon, lollipop, lollipops
r!~ c -40 -34 22
w= l4 M-52 -46Q-36 -34 -28 -22M-40 -56Q-26 -40 -20 -30
r= M-60 -40L-84 -56V-12L-60 -28ZM-20 -40L2 -56V-12L-20 -28Z
y~ c 46 -70 24
o= l4 M46 -70m-14 0a14 14 0 1 1 14 14
w= l5 M46 -46V0
@ginger table .08 150 kitchen .26 : ginger, ginger root
t!~ M-64 -10Q-78 -34 -50 -42Q-48 -70 -26 -64Q-16 -84 6 -72Q24 -92 40 -70Q72 -72 66 -44Q76 -18 44 -14Q10 0 -64 -10Z
#b0834a= l2.4 M-44 -40Q-34 -30 -38 -18M-14 -62Q-8 -44 -14 -20M20 -72Q26 -50 20 -18
@lettuce table .18 130 kitchen .3 : lettuce, head of lettuce
G- M-56 -10Q-78 -60 -30 -84Q0 -104 30 -84Q78 -60 56 -10Z
g!~ M-44 -8Q-58 -52 -18 -76Q0 -88 18 -76Q58 -52 44 -8Z
#a8d070= M-26 -4Q-34 -46 0 -66Q34 -46 26 -4Q0 4 -26 -4Z
w=%60 l3 M0 -6V-56M0 -24L-16 -40M0 -24L16 -40
@sauce table .14 90 kitchen .34 : sauce, ketchup, tomato sauce
w= M-6 -104H6L10 -86H-10Z
r!~ M-12 -88H12Q34 -74 32 -50V-8Q32 0 24 0H-24Q-32 0 -32 -8V-50Q-34 -74 -12 -88Z
w= r -32 -50 64 28 1
r= c 0 -36 8
@mustard < sauce #e0b030 : mustard
@cocoa table .14 130 kitchen .3 : cup of cocoa, hot cocoa, cocoa
w*%60 l4 M-18 -80Q-26 -92 -18 -104M8 -80Q0 -92 8 -104
w!^ M-46 -70H46L38 0H-38Z
w= l8 M42 -56Q72 -52 62 -26Q54 -16 40 -20
#6b3f26= o 0 -70 46 9
@whisky table .14 80 kitchen .34 : whisky, whiskey, glass of whisky, spirits glass
a=%70 M-34 -92H34L28 0H-28Z
#c9822c*%90 M-31 -48H31L28 -4H-28Z
w=%60 r -18 -60 18 16 2
w=%60 r 2 -52 18 16 2
w=%40 r -26 -84 6 70 2
@tofu table .08 170 kitchen .24 : tofu, tempeh, block of tofu
c!+ M-64 -58L-40 -82H76L52 -58Z
c!^ r -64 -58 116 56
c!- M52 -58L76 -82V-26L52 -2Z
@mushrooms ground .15 130 forest .3 : mushroom, mushrooms, champignon, champignons, button mushrooms, fungus, fungi
c~ M-44 -46H-20L-16 0H-50Z
#a5744a!~ M-76 -44Q-74 -84 -32 -86Q10 -84 12 -44Q-32 -36 -76 -44Z
c~ M16 -60H44L50 0H10Z
#b98a5c!~ M-16 -58Q-12 -104 30 -104Q74 -102 76 -58Q30 -48 -16 -58Z
w=%40 o 14 -84 14 6
@kebab table .08 210 kitchen .24 : satay, skewers, kebab skewer, skewer, shashlik, kebabs, barbecue skewers
w+ o 0 -14 104 16
*3,0,-16 n= l3 M-100 -22L100 -34
*3,0,-16 #9a5a34!~ r -60 -40 24 24 6
*3,0,-16 r= r -32 -40 16 22 4
*3,0,-16 #9a5a34~ r -12 -42 24 24 6
*3,0,-16 G= r 16 -42 14 22 4
*3,0,-16 #9a5a34~ r 34 -44 24 24 6
@breakfast table .1 220 kitchen .26 : breakfast plate, cooked breakfast, brunch, breakfast tray
w+ o 0 -16 104 19
w= M-66 -34Q-60 -58 -26 -52Q4 -54 2 -32Q-20 -18 -66 -34Z
y~ c -32 -40 11
#b8503a^ r 14 -42 66 14 7
#b8503a^ r 20 -26 60 14 7
r= c -4 -16 10
@white_wine_glass table .2 60 kitchen .42 : white wine, glass of white wine, cold white wine, prosecco, glass of champagne
a=%75 M-26 -102H26Q30 -60 4 -52V-10H20Q24 -4 20 0H-20Q-24 -4 -20 -10H-4V-52Q-30 -60 -26 -102Z
#ecd98a=%95 M-26 -84H26Q24 -60 0 -58Q-24 -60 -26 -84Z
w=%60 l3 M-18 -96V-76
""",
)
