"""Clothes, sports gear and instruments."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet("""
@shirt table .7 110 studio .46 : shirt, t-shirt, tee shirt, polo shirt
M!^ M-22 -98Q0 -84 22 -98L54 -82L44 -54L30 -60V0H-30V-60L-44 -54L-54 -82Z
M!_ M-22 -98Q0 -84 22 -98L16 -100Q0 -92 -16 -100Z
k=%20 l2 M-30 -60V-40M30 -60V-40
@sweater table .7 120 studio .46 : sweater, jumper, cardigan, pullover, sweatshirt, knitted sweater
M!^ M-24 -96Q0 -84 24 -96L50 -86L62 -14L46 -10L34 -60V0H-34V-60L-46 -10L-62 -14L-50 -86Z
w=%60 l3 M-30 -48L-20 -58L-10 -48L0 -58L10 -48L20 -58L30 -48
M!_ r -34 -8 68 8 2
M!_ M-24 -96Q0 -84 24 -96L18 -102H-18Z
@coat table 1.1 100 studio .5 : coat, jacket, overcoat, parka, lab coat, folded coat, white coat, leather jacket, anorak
M!^ M-20 -100H20L44 -86L54 -30L40 -26L36 -60L40 0H-40L-36 -60L-40 -26L-54 -30L-44 -86Z
M!_ M-20 -100L0 -66L20 -100L10 -98L0 -82L-10 -98Z
k=%40 l2 M0 -66V0
*3,0,18 y= c 6 -52 2.6
k=%30 l3 M-28 -28H-14M14 -28H28
@dress table 1.1 90 studio .52 : dress, wedding dress, evening dress
M!^ M-14 -100L-10 -88Q0 -82 10 -88L14 -100H20L18 -66L42 0Q0 10 -42 0L-18 -66L-20 -100Z
2= r -18 -68 36 6 2
M!_ M-4 -62L-10 4H-20L-8 -62ZM6 -62L20 4H12Z
@trousers table 1 70 studio .5 : trousers, jeans, pants, denim
#3d5f8a!^ M-28 -100H28L32 0H6L0 -62L-6 0H-32Z
#3d5f8a!_ r -28 -100 56 8
w=%40 l1.4 M0 -92V-72M-22 -92Q-20 -80 -28 -78M22 -92Q20 -80 28 -78
@hat table .25 150 studio .28 : hat, straw hat, sun hat, fedora, panama hat
#e0bd72!^ M-40 -34Q-44 -90 -14 -88Q0 -82 14 -88Q44 -90 40 -34Z
M= M-42 -46H42V-30H-42Z
#e0bd72!^ M-82 -30Q0 -44 82 -30Q60 2 0 2Q-60 2 -82 -30Z
@cap table .2 140 studio .28 : cap, baseball cap
M!^ M-50 -26Q-54 -90 0 -92Q50 -90 48 -26Z
M!- M-4 -28H48Q84 -26 86 -12Q50 -22 -4 -16Z
k=%30 l2 M0 -92V-28
M!+ c 0 -92 5
@scarf table .8 120 studio .4 : scarf, shawl, silk scarf, folded cloth, folded fabrics, fabric, cloth, textile, textiles, blanket, towel, linen, folded linen, linen sheets, bed sheets, bed linen, knitted blanket, quilt, patchwork quilt, silk
M!- M-56 -28H56V-10Q56 0 48 0H-48Q-56 0 -56 -10Z
2^ M-54 -54H54Q60 -40 54 -26H-54Q-60 -40 -54 -54Z
M!^ M-52 -80H52Q58 -66 52 -52H-52Q-58 -66 -52 -80Z
w=%60 l3 M-50 -68H50M-52 -14H52
@shoe table .12 170 studio .26 : shoe, shoes, sneaker, sneakers, trainers, running shoe, running shoes, trainer shoe, laced shoe, footwear
w= M-80 -16H84V-6Q84 2 74 2H-72Q-82 2 -80 -16Z
M!^ M-78 -70Q-60 -60 -34 -72Q-10 -46 24 -42Q76 -34 84 -14H-80Q-84 -40 -78 -70Z
2= M-6 -50Q-20 -24 -50 -14H-30Q-8 -22 10 -42Z
w= l4 M-26 -62L-10 -68M-14 -54L2 -60M-2 -46L14 -52M12 -42L26 -48
@boots table .35 120 mountains .34 : boot, boots, wellington boots, rubber boots, hiking boots, leather boots, walking boots, unlaced boot, laced boots
#8a5a34!- M-46 -92H-6V-34Q20 -30 22 -8H-46Z
k= r -48 -10 72 10 3
#8a5a34!^ M-20 -98H22V-38Q54 -34 58 -8H-20Z
k= r -22 -10 82 12 3
y= l3 M0 -80L18 -76M0 -66L18 -62M2 -52L20 -48
w=%40 r -20 -98 42 6
@high_heel table .15 130 studio .3 : high heels, high heel, stiletto
M!^ M-62 -84Q-50 -92 -44 -80Q-20 -20 30 -20Q60 -18 68 -4Q40 2 10 -2Q-24 -10 -48 -60L-56 0H-62Z
w=%40 M-56 -80Q-30 -24 20 -14Q-20 -20 -52 -68Z
@socks table .3 70 home .36 : sock, socks, stockings
M!^ M-30 -100H-2V-44Q-2 -30 14 -20Q30 -8 20 2Q0 8 -18 -8Q-30 -20 -30 -44Z
2= r -30 -100 28 12
2= M14 -20Q30 -8 20 2Q8 4 2 0Q14 -6 14 -20Z
2= r -30 -76 28 7
@tie table .5 40 studio .5 : necktie, tie
M!~ M-10 -100H10L6 -82L18 -18L0 2L-18 -18L-6 -82Z
2= M-9 -60L8 -48L9.6 -40L-11 -54ZM-13 -36L13 -22L15 -14L-15 -28Z
@handbag table .3 110 studio .36 : handbag, purse, tote bag, leather bag, old leather bag, satchel
e= l6 M-28 -62Q-26 -104 0 -104Q26 -104 28 -62
M!^ M-48 -64H48L54 -8Q54 0 46 0H-46Q-54 0 -54 -8Z
M!- M-48 -64H48L44 -34Q0 -22 -44 -34Z
y= r -9 -38 18 13 3
@backpack table .5 84 mountains .42 : backpack, rucksack, knapsack, schoolbag, school bag
M!- r -44 -50 88 44 14
M!~ M-32 -80Q-30 -102 0 -102Q30 -102 32 -80V-10Q32 0 22 0H-22Q-32 0 -32 -10Z
M!_ r -24 -44 48 34 7
k=%40 l3 M-30 -66Q0 -58 30 -66
y= r -5 -32 10 9 2
w=%60 l4 M-10 -100Q0 -112 10 -100
@eyeglasses table .05 170 studio .22 : glasses, eyeglasses, spectacles, round glasses, reading glasses, aviator glasses, eyewear
a=%70 c -42 -46 32
a=%70 c 42 -46 32
k!= l7 M-10 -46Q0 -58 10 -46M-74 -50L-86 -58M74 -50L86 -58M-42 -14A32 32 0 1 1 -41.9 -14M42 -14A32 32 0 1 1 42.1 -14
w=%60 l5 M-58 -46L-42 -62M26 -46L42 -62
@sunglasses table .05 170 coast .22 : sunglasses, shades
k!^ M-80 -72Q-40 -80 -10 -68Q-6 -20 -40 -18Q-76 -20 -80 -72ZM80 -72Q40 -80 10 -68Q6 -20 40 -18Q76 -20 80 -72Z
k!= r -20 -74 40 8 3
w=%25 M-66 -64L-50 -66L-64 -36ZM26 -64L40 -66L26 -36Z
@watch table .08 60 studio .46 : wristwatch, watch, pocket watch, smartwatch, smart watch, fitness tracker, watches
k!~ M-16 -104H16L20 -74H-20ZM-20 -30H20L16 2H-16Z
s~ c 0 -52 31
w= c 0 -52 25
k= l3 M0 -52V-70M0 -52L13 -46
r= l1.6 M0 -52L-10 -64
s= r 29 -56 8 9 2
@ring table .03 84 studio .36 : wedding ring, diamond ring, engagement ring, jewellery, jewelry, ring of gold, gold ring
y!= l9 M0 -62A30 30 0 1 1 -0.1 -62
a+ M-20 -88L-10 -100H10L20 -88L0 -62Z
w= M-10 -100L0 -88L10 -100ZM-20 -88H20L0 -62Z
@necklace table .2 100 studio .36 : necklace, pearls, pendant, string of pearls
y= l2.4 M-44 -98Q-50 -30 0 -26Q50 -30 44 -98
w~ c -40 -66 7
w~ c 40 -66 7
w~ c -32 -48 8
w~ c 32 -48 8
w~ c -18 -34 9
w~ c 18 -34 9
M!~ M0 -30L14 -14L0 2L-14 -14Z
@crown table .2 120 studio .36 : crown, tiara, royal crown
y!^ M-54 -76L-28 -44L0 -92L28 -44L54 -76L46 -8H-46Z
y!- r -48 -12 96 12 3
r= c 0 -28 7
b= c -26 -24 5
b= c 26 -24 5
y!+ c -54 -80 6
y!+ c 54 -80 6
y!+ c 0 -96 7
@button table .03 100 workshop .28 : button, buttons
M!~ c 0 -48 48
M!- c 0 -48 36
k= c -12 -60 6
k= c 12 -60 6
k= c -12 -36 6
k= c 12 -36 6
@basketball ground .25 100 studio .34 : basketball, basketball match, basketball game
#e07b32!~ c 0 -48 48
k= l3 M-48 -48H48M0 -96V0M-34 -82Q-4 -48 -34 -14M34 -82Q4 -48 34 -14
@tennis_ball ground .1 100 studio .26 : tennis ball
#c8e04a!~ c 0 -48 48
w= l4 M-38 -78Q0 -48 -38 -18M38 -78Q0 -48 38 -18
@volleyball ground .25 100 coast .3 : volleyball
w~ c 0 -48 48
M!= M0 -48L-46 -60Q-40 -90 -10 -96ZM0 -48L30 -84Q52 -64 47 -38ZM0 -48L-6 0Q-34 -4 -46 -32Z
k=%40 l2 M0 -48L-46 -60M0 -48L30 -84M0 -48L-6 0M0 -48L47 -38M0 -48L-10 -96M0 -48L-46 -32
@rugby_ball ground .2 150 studio .28 : rugby ball, rugby
#9a5a34!~ M-72 -46Q-40 -88 0 -88Q40 -88 72 -46Q40 -4 0 -4Q-40 -4 -72 -46Z
w= l4 M-24 -66H24M-12 -74V-58M0 -74V-58M12 -74V-58
w= M-50 -70Q-42 -46 -50 -22L-58 -30Q-52 -46 -58 -62ZM50 -70Q42 -46 50 -22L58 -30Q52 -46 58 -62Z
@racket table .6 90 garden .46 : racket, tennis racket, tennis, racquet, squash racket
M!= l6 M-10 -100Q28 -104 28 -72Q26 -46 6 -42Q-20 -46 -28 -70Q-30 -96 -10 -100
w=%80 l1.2 M-20 -92L14 -46M-8 -98L22 -56M6 -100L27 -70M-26 -80L4 -44M20 -94L-16 -52M26 -82L-4 -44M8 -100L-24 -64
k^ M0 -44L8 -42L-10 2L-20 -2Z
@golf ground 1 90 field .46 : golf, golf club, golf ball, putter
w= l3 M-24 -100L20 -8
k= M20 -10L40 -4Q42 2 34 2H16Z
w~ c -10 -5 6
r!= M-24 -100L-60 -88L-20 -78Z
@hockey_stick ground 1 90 snow .44 : hockey stick, ice hockey, hockey, puck
n!= l7 M-34 -100L14 -8H44
w= l8 M22 -6H44
k= o -24 -4 17 6
@goal ground 2.4 180 field .34 : goal net, goalpost, football goal, soccer goal, penalty kick
w=%60 l1 M-70 -86L-80 0M-50 -90V0M-30 -90V0M-10 -90V0M10 -90V0M30 -90V0M50 -90V0M-84 -74H84M-84 -58H84M-84 -42H84M-84 -26H84M-84 -10H84
w= l6 M-86 0V-92H86V0
@medal table .12 70 studio .48 : medal, gold medal, medals, medal ribbon, olympic medal, olympics, olympic games, bronze medal
b= M-30 -104H-10L10 -54L-4 -46ZM30 -104H10L-10 -54L4 -46Z
y!~ c 0 -28 29
y!_ c 0 -28 22
y!+ M0 -46L5 -34H18L8 -26L12 -13L0 -21L-12 -13L-8 -26L-18 -34H-5Z
@podium ground 1 170 studio .34 : winners' podium, winner's podium, rostrum steps
M!^ r -84 -48 56 48 2
M!^ r -28 -80 56 80 2
M!^ r 28 -34 56 34 2
w= l5 M-4 -60L2 -64V-40
w=%80 r -62 -34 12 5
w=%80 r 50 -22 12 5
y~ c 0 -92 8
@whistle table .05 150 studio .3 : whistle, referee's whistle
M!^ M-80 -80H10Q60 -80 60 -42Q58 0 22 0Q-16 0 -18 -46H-80Z
k= r -50 -80 22 14
k=%50 c 22 -40 17
y= l4 M52 -66Q84 -70 84 -96
@dumbbell table .2 190 workshop .24 : dumbbell, dumbbells, barbell, weightlifting, weight training
s^ r -60 -42 120 12 4
k!^ r -66 -68 22 64 6
k!^ r 44 -68 22 64 6
k!- r -88 -58 20 44 5
k!- r 68 -58 20 44 5
@yoga_mat ground .3 170 home .24 : yoga mat, yoga, pilates, exercise mat, mats
M!^ M-50 -18L84 -18L70 0H-76Z
M!- c -56 -22 24
M!+ c -56 -22 15
M!- c -56 -22 7
@skis ground 1.8 60 snow .5 : skis, ski, skiing, ski pole, ski poles
M!^ M-22 0V-90Q-22 -104 -14 -104V0ZM6 0V-90Q6 -104 14 -104V0Z
k= l2.4 M-30 0L-38 -92M24 0L34 -92
s= c -31 -8 4
s= c 25 -8 4
k= r -23 -50 10 12
k= r 5 -50 10 12
@surfboard ground 2.2 50 coast .56 : surfboard, surfing, surfer's board, surf board
M!^ M0 -104Q24 -80 22 -40Q20 -10 8 2H-8Q-20 -10 -22 -40Q-24 -80 0 -104Z
w= M-4 -100H4V2H-4Z
2= M-22 -44L22 -60V-46L-22 -30Z
@skates table .3 120 snow .32 : ice skates, skates, figure skating, ice skating, skate
s= M-44 -6H56Q66 -8 66 -14H72Q72 0 58 2H-44Z
s= r -34 -20 5 16
s= r 36 -20 5 16
w!^ M-44 -98H-6L0 -60Q46 -50 54 -20H-44Z
k=%50 l2 M-10 -84H4M-8 -72H6M-2 -60L10 -66
@skateboard ground .15 190 street .18 : skateboard, skateboarding, longboard
k= c -52 -12 15
k= c 52 -12 15
s= c -52 -12 6
s= c 52 -12 6
M!^ M-92 -56Q-80 -36 -60 -32H60Q80 -36 92 -56L96 -46Q82 -20 60 -20H-60Q-82 -20 -96 -46Z
@chess table .1 130 studio .38 : chess, chess piece, chess pieces, chessboard, chess board, pawn, chess game, checkmate, carved game pieces, carved pieces, game pieces, chess player, grandmaster
w!~ M-44 -8Q-46 -24 -34 -30L-26 -60H-38V-66L-30 -70Q-44 -96 -20 -98Q4 -96 -10 -70L-2 -66V-60H-14L-6 -30Q6 -24 4 -8Z
w!- r -50 -10 60 10 3
k~ M20 -8Q18 -24 30 -28L36 -52Q24 -56 18 -70Q22 -90 42 -98L46 -92Q66 -82 62 -50L64 -28Q74 -22 72 -8Z
k- r 14 -10 64 10 3
w= c 40 -80 2
@dice table .05 130 studio .28 : dice, die cast, gambling cubes
w!^ r -60 -56 56 56 9
w!^ r 4 -56 56 56 9
M- r -28 -104 56 50 9
k= c -44 -40 5
k= c -20 -16 5
k= c -32 -28 5
k= c 20 -42 5
k= c 44 -42 5
k= c 20 -14 5
k= c 44 -14 5
w= c 0 -79 6
@bow_and_arrow table .9 90 garden .44 : bow and arrow, archery, archer's bow
n!= l6 M-16 -102Q50 -50 -16 2
w= l1.6 M-16 -102V2
e= l3 M-44 -50H52
S= M52 -57L66 -50L52 -43Z
r= M-44 -50L-54 -58H-40L-32 -50L-40 -42H-54Z
@fishing_rod ground 2.4 140 lake .46 : fishing rod, fishing tackle, rod and line, angling
n!= l6 M-60 0Q-20 -70 60 -100
k= l10 M-60 0L-44 -24
s= c -38 -28 10
a= l2.4 M60 -100V-24
r= c 60 -20 6
@trumpet table .5 190 stage .3 : trumpet
y!= l9 M-84 -54H40
y!^ M36 -58Q70 -62 90 -90V-22Q70 -48 36 -50Z
y!= l7 M-30 -54V-30Q-30 -18 -18 -18H14Q28 -18 28 -30V-54
*3,14,0 y!+ r -16 -84 7 56 2
y!- c -88 -54 6
@saxophone table .7 90 stage .46 : saxophone, sax, saxophonist
y!^ M-34 -98L-20 -102Q-6 -70 -2 -30Q0 -12 10 -12Q22 -12 22 -30L16 -56L52 -64Q48 -20 36 -4Q20 8 0 2Q-20 -6 -22 -34Q-22 -70 -34 -98Z
k= l7 M-34 -98L-54 -90
y!+ c -14 -64 4
y!+ c -12 -50 4
y!+ c -9 -36 4
y!_ o 34 -60 18 6
@flute table .6 190 stage .2 : flute
s!^ M-96 -44L90 -64L92 -54L-94 -34Z
k= c -60 -42 3
*6,16,-2 k= c -10 -48 3
s!+ c -78 -44 7
@drum ground .7 130 stage .38 : drum, drums, drum kit, snare drum, drumming
n= l4 M-60 -104L4 -70M60 -104L-4 -70
M!~ M-52 -64V-10Q-50 0 0 2Q50 0 52 -10V-64Z
w= o 0 -64 53 13
y= l3 M-52 -50L-30 -8L-8 -48L14 -8L36 -50L52 -14
s= r -54 -66 108 4 2
@harp ground 1.7 84 stage .54 : harp
w=%80 l1.2 M-18 -82V-8M-8 -76V-8M2 -70V-10M12 -70V-20M20 -74V-38
y!= l8 M-32 -4Q-40 -60 -32 -98Q-10 -60 16 -72Q34 -84 38 -98Q46 -50 -28 0
@accordion table .4 130 stage .36 : accordion
r!^ r -64 -84 34 78 6
r!^ r 30 -84 34 78 6
k^ r -30 -80 60 70
w=%60 l2 M-22 -80V-10M-12 -80V-10M-2 -80V-10M8 -80V-10M18 -80V-10
w= r -60 -78 12 66 2
*5,0,12 k= r -60 -70 8 4
*4,0,14 w= c 48 -66 4
@cello ground 1.3 56 stage .56 : cello, cellist
e= l3 M0 0V-8
#a5622f!~ M-10 -64Q-28 -64 -24 -46Q-14 -38 -24 -28Q-32 -4 0 -4Q32 -4 24 -28Q14 -38 24 -46Q28 -64 10 -64Z
k= r -3 -98 6 62 1
k= M-4 -104H4V-92H-4Z
w=%70 l.8 M-1.4 -92V-14M1.4 -92V-14
n= l2 M-40 -18L38 -44
@banjo table .9 60 stage .5 : banjo
n^ r -4 -102 8 66
w~ c 0 -26 26
M!= l5 M0 -52A26 26 0 1 1 -0.1 -52
w=%70 l.8 M-2 -98V-14M2 -98V-14
k= r -10 -16 20 3
@record table .3 110 studio .38 : record player, vinyl, vinyl record, turntable, gramophone, phonograph, album, lp
n^ r -60 -18 120 18 4
k^ c -4 -58 44
S=%60 l1.2 M-4 -24A34 34 0 1 1 -3.9 -24M-4 -34A24 24 0 1 1 -3.9 -34
M!= c -4 -58 14
w= c -4 -58 3
s= l4 M52 -20V-88L22 -60
@radio table .25 150 home .32 : radio, transistor radio, broadcast, radio set
s= l3 M40 -78L70 -104
M!^ r -70 -78 140 78 10
k= c -34 -38 26
S= c -34 -38 19
w= r 4 -62 54 20 3
r= l2 M30 -62V-42
s= c 18 -22 9
s= c 46 -22 9
@speaker ground 1 60 stage .44 : loudspeakers, speakers, hi-fi, stereo, amplifier, sound system, smart speaker, speaker box
k!^ r -28 -100 56 100 4
S= c 0 -74 14
k= c 0 -74 8
S= c 0 -32 23
k= c 0 -32 15
s= c 0 -32 6
""")
