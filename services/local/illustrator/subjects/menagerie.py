"""Animals that the other sheets lack, on land, in the air and in the water."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@mammoth ground 3.4 150 polar .46 : mammoth, mammoths, woolly mammoth
#5a3a26- M-52 -40L-50 0H-34L-32 -36ZM16 -36L18 0H34L36 -40Z
#7a5034!~ M-66 -30Q-72 -78 -30 -88Q10 -96 24 -92Q34 -106 50 -96Q70 -84 66 -58Q74 -30 66 -8L58 -6Q62 -34 50 -44Q44 -26 34 -26L40 0H22L14 -26H-28L-30 0H-50L-52 -26Q-60 -18 -62 -6Z
#5a3a26= M-62 -36Q-56 -16 -48 -30Q-40 -14 -30 -28Q-20 -14 -10 -28Q0 -14 12 -28Q18 -16 28 -34Q-16 -44 -62 -36Z
w= M58 -48Q88 -30 84 -66Q80 -46 60 -58Z
k= c 52 -76 3
#5a3a26= M26 -84Q14 -66 28 -56Q38 -66 34 -82Z
@monkey ground .8 100 forest .38 : monkey, monkeys
#7a5436= l7 M-26 -14Q-58 -10 -50 -46Q-44 -58 -54 -66
#7a5436!~ M-28 0Q-40 -50 -4 -60Q28 -56 26 0Z
#7a5436!~ c 8 -76 23
f= c -16 -78 8
f= c 32 -78 8
f= M-8 -82Q0 -92 8 -84Q16 -92 24 -82Q28 -60 8 -58Q-10 -60 -8 -82Z
k= c 2 -77 3
k= c 15 -77 3
k= l2 M2 -65Q8 -61 15 -65
#5f3f28= l8 M-14 -44L-20 -10M18 -44L24 -10
f= o -20 -4 9 5
f= o 26 -4 9 5
@ape ground 1.6 120 forest .44 : gorilla, gorillas, chimpanzee, chimpanzees, ape, apes
#3b3834!~ M-44 0Q-56 -66 -10 -78Q40 -76 42 0H20Q18 -26 0 -26Q-16 -26 -20 0Z
#3b3834!~ c 16 -80 21
#6b625a= M4 -80Q16 -94 28 -80Q30 -62 16 -60Q2 -62 4 -80Z
k= c 11 -79 2.6
k= c 22 -79 2.6
k= l2 M10 -67H22
#2e2b28= l13 M-30 -56Q-44 -30 -34 -6M32 -56Q48 -34 44 -6
@orangutan < ape #b8602c : orangutan, orangutans
@kangaroo ground 1.6 110 savanna .48 : kangaroo, kangaroos
#b5875a^ M-12 -20Q-50 -20 -64 -2L-56 2Q-40 -10 -8 -4Z
#b5875a!~ M-14 -4Q-34 -40 -2 -66Q10 -78 18 -80L28 -66Q30 -40 14 -26L18 -6L36 0H4Z
#b5875a!~ M12 -74Q16 -98 32 -92Q48 -84 46 -76Q34 -70 22 -72Z
#b5875a^ M18 -90L16 -108L26 -92ZM26 -92L30 -106L34 -90Z
k= c 32 -84 2.4
k= c 46 -78 2.4
#8f6640= l5 M20 -56L34 -46L32 -38
#dbb98c= M4 -56Q20 -56 18 -34Q6 -34 4 -56Z
@koala ground .7 90 forest .4 : koala, koalas
#a6adb3!~ M-30 0Q-38 -50 0 -56Q38 -50 30 0Z
#a6adb3!~ c -28 -82 16
#a6adb3!~ c 28 -82 16
p= c -28 -82 8
p= c 28 -82 8
#a6adb3!~ c 0 -72 28
k= o 0 -68 7 11
k= c -13 -78 3.4
k= c 13 -78 3.4
w= M-16 -44Q0 -52 16 -44Q16 -8 0 -6Q-16 -8 -16 -44Z
S= o -18 -3 12 6
S= o 18 -3 12 6
@hamster ground .1 120 home .3 : hamster, hamsters
#c9965a!~ M-56 -4Q-70 -58 -6 -68Q58 -66 62 -20Q60 0 40 0H-40Z
w= M-20 0Q-6 -28 30 -26Q58 -24 60 -14Q58 0 40 0Z
#c9965a!~ c 14 -66 11
p= c 14 -66 6
k= c 40 -44 5
p= c 62 -28 5
w= c 38 -46 1.6
p= o -24 -2 12 5
p= o 26 -2 12 5
@raccoon ground .4 130 forest .34 : raccoon, raccoons
S^ M-40 -26Q-80 -30 -78 -58Q-66 -70 -56 -54Q-52 -40 -36 -38Z
k= M-74 -62L-60 -64L-56 -54L-76 -50ZM-70 -40L-54 -44L-46 -36L-60 -30Z
S!~ M-46 -4Q-52 -52 -8 -56Q40 -54 40 0H-40Z
S!~ c 36 -62 26
k= M14 -72Q36 -84 60 -66Q54 -52 38 -58Q22 -52 14 -72Z
w= c 26 -66 4
w= c 46 -65 4
k= c 58 -52 4
S^ M16 -78L18 -98L32 -86ZM42 -86L54 -96L56 -76Z
k= o -24 -2 12 5
k= o 26 -2 12 5
@meerkat ground .35 60 savanna .44 : meerkat, meerkats
#c9a26a= l6 M-10 -6Q-34 -2 -40 2
#c9a26a!~ M-16 0Q-24 -44 -8 -64H10Q22 -44 18 0Z
#c9a26a!~ M-14 -74Q-12 -98 6 -98Q22 -94 30 -80Q22 -66 2 -64Q-12 -66 -14 -74Z
#6b4a2c= o 10 -83 7 5
k= c 11 -83 3
k= c 29 -80 3
#6b4a2c= l5 M8 -52Q20 -44 10 -36M-6 -52Q8 -44 2 -36
@walrus ground 1.2 150 polar .34 : walrus, walruses
#8a5f48^ M-60 -14L-86 -2L-84 4L-40 0Z
#8a5f48!~ M-70 0Q-66 -50 -10 -58Q-6 -94 30 -96Q62 -90 60 -58Q58 -30 46 -20Q52 0 30 0Z
#c79a80= o 44 -64 20 14
w= M34 -56L32 -22L40 -54ZM52 -56L54 -22L46 -54Z
k= c 32 -80 3.4
k= c 48 -76 5
#6f4a38= M-6 -22Q10 -10 8 4H-26Z
@lizard ground .2 200 desert .24 : lizard, lizards, geckos
#5f9c4e= l8 M-40 -30L-54 -4M14 -30L4 -2M40 -32L54 -4M-14 -30L-2 -4
#5f9c4e!~ M-112 -2Q-90 -40 -46 -44Q0 -60 46 -52Q62 -74 92 -58Q106 -48 98 -40Q80 -28 54 -34Q0 -20 -46 -26Q-84 -22 -112 -2Z
k= c 82 -54 4
#cbd88a= M-30 -32Q10 -24 44 -32Q10 -18 -30 -26Z
@dragon ground 6 150 studio .5 : dragon, dragons
r= M-10 -56L-44 -104L-66 -66L-50 -68L-44 -50L-30 -58L-18 -42Z
#4f8f58!~ M-70 -2Q-74 -30 -40 -44Q-8 -62 18 -56Q24 -84 48 -92Q72 -92 80 -72L62 -66Q52 -64 50 -50Q48 -26 30 -18L36 0H16L10 -16Q-20 -12 -24 -10L-20 0H-40L-42 -18Q-54 -14 -58 -4L-86 -12Z
y= M30 -48Q44 -40 36 -24Q20 -14 8 -20Q26 -30 30 -48Z
k= c 58 -78 3
o* M80 -72Q98 -78 108 -64Q96 -66 92 -56Q88 -64 80 -66Z
@hummingbird air .1 130 garden .22 : hummingbird, hummingbirds
#4fa38a= M-6 -60Q-40 -110 -70 -96Q-50 -70 -16 -50Z
#3d8f74!~ M-46 -10Q-30 -50 0 -62Q10 -80 26 -74Q34 -68 28 -56Q14 -30 -16 -26Z
r= M10 -60Q22 -50 20 -44Q6 -44 4 -54Z
k= l3 M30 -66L80 -72
k= c 22 -68 3
@beetle ground .02 110 forest .26 : beetle, beetles, stag beetle
k= l4 M-34 -60L-56 -72M-38 -40H-62M-34 -20L-54 -4M34 -60L56 -72M38 -40H62M34 -20L54 -4M-8 -92L-22 -104M8 -92L22 -104
#7a3f2a!~ M0 -76Q38 -72 38 -36Q36 0 0 0Q-36 0 -38 -36Q-38 -72 0 -76Z
k= M-22 -76Q-18 -96 0 -96Q18 -96 22 -76Q0 -66 -22 -76Z
k= l2.4 M0 -74V-2
w=%30 o -16 -46 6 16
@locust ground .04 190 field .22 : locust, locusts, grasshopper, grasshoppers
#4d7a34= l6 M-10 -30L-50 -88L-64 -4M20 -28L34 -2M36 -28L54 -2
#7aa845!~ M-92 -22Q-40 -58 50 -52Q84 -50 88 -30Q80 -18 40 -20Q-40 -14 -92 -22Z
#5f8a34= M-84 -26Q-30 -52 30 -46Q-20 -28 -84 -26Z
k= c 74 -40 5
k= l2 M78 -48Q90 -72 100 -74
@worm ground .05 190 garden .2 : worm, worms, earthworm, earthworms
#c98a7a!= l15 M-84 -8Q-60 -60 -30 -30Q0 0 20 -34Q44 -70 84 -40
#a86a5c= l15 M2 -22Q10 -18 20 -34
@lobster ground .3 150 underwater .32 : lobster, lobsters
r= l4 M-20 -30L-46 -12M-20 -40L-50 -34M20 -30L46 -12M20 -40L50 -34M-6 -84Q-30 -104 -60 -98M6 -84Q30 -104 60 -98
r!~ M-16 -84H16Q26 -56 18 -40L14 -8Q0 4 -14 -8L-18 -40Q-26 -56 -16 -84Z
|r!^ M18 -74L44 -70Q70 -96 74 -74Q70 -54 46 -60L20 -64Z
#8a2a22= l2.4 M-17 -40H17M-15 -30H15M-14 -20H14
k= c -8 -80 3
k= c 8 -80 3
@squid water .5 80 underwater .4 : squid, squids, calamari
#d98aa0!~ M-22 -44Q-30 -90 0 -104Q30 -90 22 -44Z
#c27088^ M-20 -70Q-44 -76 -40 -96Q-24 -100 -8 -98ZM20 -70Q44 -76 40 -96Q24 -100 8 -98Z
#d98aa0!= l6 M-16 -44Q-26 -20 -18 0M-6 -44Q-10 -20 -4 4M6 -44Q10 -20 4 4M16 -44Q26 -20 18 0
w= c -10 -52 7
w= c 10 -52 7
k= c -10 -52 3.4
k= c 10 -52 3.4
@eel water .6 220 underwater .22 : eel, eels
#4f6a5a!= l18 M-92 -20Q-60 -74 -24 -40Q14 -4 44 -44Q62 -64 88 -50
k= c 90 -54 3.4
#6f8f7a= l4 M-84 -32Q-58 -72 -22 -42Q14 -12 44 -50
@carp water .5 170 lake .26 : carp, koi
#d98a3c!~ M-50 -46Q-20 -84 30 -78Q76 -70 84 -46Q70 -20 24 -16Q-24 -14 -50 -46Z
#d98a3c^ M-46 -46L-90 -76L-78 -46L-90 -16Z
w= c 60 -54 8
k= c 62 -54 4
#b0682a= M-4 -76Q14 -100 36 -78Z
w=%40 l3 M-20 -46Q10 -30 50 -36
@mussels table .08 190 kitchen .26 : mussel, mussels, bowl of mussels
w- M-84 -40H84Q70 0 30 2H-30Q-70 0 -84 -40Z
*4,36,0 #2f3a52!^ M-74 -40Q-72 -72 -54 -78Q-36 -66 -38 -40Z
*4,36,0 o= M-66 -40Q-64 -60 -54 -64Q-46 -56 -46 -40Z
*3,36,0 #26304a!^ M-54 -62Q-52 -90 -36 -94Q-20 -84 -22 -62Z
w+ M-88 -46H88Q84 -34 80 -34H-80Q-84 -34 -88 -46Z
@oysters table .08 210 kitchen .24 : oyster, oysters, plate of oysters
s^ o 0 -14 104 17
w= o 0 -19 92 13
*3,60,0 #8d8f8a!^ M-88 -26Q-92 -58 -62 -66Q-36 -60 -34 -36Q-44 -20 -66 -20Q-82 -20 -88 -26Z
*3,60,0 w+ M-80 -30Q-82 -52 -62 -57Q-44 -52 -42 -38Q-52 -26 -66 -26Q-76 -26 -80 -30Z
*3,60,0 #cfc8bd= o -62 -40 12 8
y= M-10 -66L10 -66L0 -88Z
@sea_urchin ground .1 120 underwater .3 : sea urchin, urchin, urchins, sea urchins
k= l3 M0 -44L0 -104M0 -44L-40 -92M0 -44L40 -92M0 -44L-62 -62M0 -44L62 -62M0 -44L-66 -30M0 -44L66 -30M0 -44L-50 -4M0 -44L50 -4M0 -44L-20 -100M0 -44L20 -100M0 -44L-56 -78M0 -44L56 -78
u!~ c 0 -44 38
k=%40 l2 M-20 -44Q-18 -70 0 -80M20 -44Q18 -70 0 -80M0 -80V-10
""",
)
