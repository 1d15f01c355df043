"""Small and swimming animals: insects, reptiles, and what lives in the sea."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@shark water 2 230 underwater .3 : shark, sharks, great white
#7a8c9c!^ M-84 -40L-118 -84L-106 -44L-122 -10L-82 -32Q-20 -8 60 -22Q104 -34 112 -46Q70 -80 0 -74Q-50 -66 -84 -40Z
#7a8c9c!- M-6 -72L-4 -106Q26 -96 34 -70ZM0 -28L-20 8Q10 0 26 -20Z
w= M112 -46Q90 -30 50 -24Q10 -18 -40 -28Q20 -40 60 -38Q90 -38 112 -46Z
k= c 78 -54 4
k= l2 M46 -58Q40 -48 46 -38M38 -58Q32 -48 38 -38M84 -36L100 -40
@dolphin water 2 210 sea .3 : dolphin, dolphins, porpoise, porpoises
#6f8fae!^ M-96 -14L-110 -40L-84 -34Q-50 -84 20 -84Q66 -82 80 -56L106 -48Q104 -38 80 -38Q20 -34 -20 -36Q-60 -32 -76 -18L-84 2Z
#6f8fae!- M-10 -82Q-16 -106 -32 -108Q-4 -112 20 -84ZM10 -38L-4 -6Q24 -16 34 -38Z
w=%80 M82 -42Q40 -34 -10 -40Q30 -56 78 -50Z
k= c 66 -60 3
@seal ground 1 180 coast .3 : seal, seals, seal pup
#7d7a78!^ M-92 -4Q-70 -30 -20 -40Q14 -50 30 -84Q44 -104 66 -92Q80 -80 66 -66Q60 -20 36 0H-60L-104 6Z
#7d7a78!_ M20 -14L44 8H4ZM-84 -6L-108 -18L-104 6Z
k= c 56 -84 3
k= c 73 -80 4
w=%70 l1.2 M68 -74L86 -76M68 -72L84 -66
@octopus ground .6 130 underwater .42 : octopus, octopuses
#c9566a!= l11 M-22 -40Q-60 -30 -58 0M-12 -36Q-34 -20 -30 2M0 -36V2M12 -36Q34 -20 30 2M22 -40Q60 -30 58 0
#c9566a!~ M-30 -36Q-48 -102 0 -102Q48 -102 30 -36Q0 -26 -30 -36Z
w= c -11 -58 8
w= c 11 -58 8
k= c -10 -57 4
k= c 12 -57 4
@jellyfish water .5 90 underwater .42 : jellyfish, medusa, jellyfishes
#d99ad0!=%70 l4 M-26 -56Q-36 -30 -24 0M-10 -56Q-18 -28 -6 4M10 -56Q2 -30 12 4M26 -56Q18 -28 30 0
#d99ad0!~%90 M-44 -54Q-44 -102 0 -102Q44 -102 44 -54Q30 -62 22 -54Q10 -62 0 -54Q-10 -62 -22 -54Q-30 -62 -44 -54Z
w=%40 o -14 -84 12 7
@turtle ground .5 170 coast .28 : turtle, turtles
#7a8f4a= o -48 -8 17 9
#7a8f4a= o 40 -8 17 9
#7a8f4a= M52 -40Q66 -66 84 -58Q94 -46 80 -38Q66 -32 54 -24Z
#5f7a3a!^ M-72 -18Q-66 -78 0 -80Q60 -78 66 -18Z
#3f5a2a= l2.4 M-40 -66L-20 -40L-34 -18M-20 -40H16M14 -78L16 -40L34 -18M46 -62L16 -40M-66 -36L-20 -40
k= c 78 -52 2.6
@crab ground .15 170 coast .26 : crab, crabs, hermit crab, crustacean
r!= l6 |M30 -30L66 -36L76 0M24 -22L52 -16L58 2M34 -46L60 -66
r!~ |M52 -64Q50 -100 78 -98L70 -80L92 -82Q88 -58 62 -58Z
r!^ o 0 -36 46 26
w= c -14 -64 6
w= c 14 -64 6
k= c -14 -64 3
k= c 14 -64 3
k= l2 M-16 -26Q0 -16 16 -26
@starfish ground .1 110 coast .26 : starfish, sea star
#ee8b5a!^ M0 -104Q10 -70 20 -66Q46 -66 58 -60Q36 -42 34 -32Q42 -6 40 2Q10 -18 0 -18Q-10 -18 -40 2Q-42 -6 -34 -32Q-36 -42 -58 -60Q-46 -66 -20 -66Q-10 -70 0 -104Z
w=%60 c 0 -48 4
w=%60 c 0 -74 3
w=%60 c 26 -52 3
w=%60 c -26 -52 3
w=%60 c 18 -26 3
w=%60 c -18 -26 3
@shell table .1 110 coast .28 : shell, shells, seashell, seashells, scallop shell, nautilus, conch
p!^ M0 0L-56 -52Q-50 -98 0 -98Q50 -98 56 -52Z
#c9707a=%60 l2.4 M0 0L-44 -64M0 0L-26 -86M0 0V-96M0 0L26 -86M0 0L44 -64
p!_ M-14 0H14L20 -12H-20Z
@seahorse water .2 60 underwater .46 : seahorse, sea horse
#e8a04a!= l14 M-4 -74Q14 -60 6 -40Q-4 -24 8 -12Q18 -4 12 -16
#e8a04a!~ c 0 -86 13
#e8a04a!^ M8 -90L34 -84V-78L8 -78Z
#b8702a= l3 M-10 -98L-16 -106M-2 -100V-108M-12 -66Q-26 -56 -14 -44
k= c 4 -88 3
@snail ground .04 150 garden .26 : snail, snails
#d9b98a^ M-62 0Q-60 -18 -30 -18H30Q40 -40 44 -56L54 -58Q66 -40 72 0Z
#d9b98a= l3 M48 -54L44 -78M54 -54L62 -78
k= c 44 -80 3.4
k= c 62 -80 3.4
#a8653a!~ c -10 -46 40
#6d3f22= l4 M-10 -46Q-2 -52 2 -44Q2 -34 -10 -34Q-24 -36 -22 -50Q-16 -66 2 -64Q20 -58 18 -38Q12 -16 -12 -16
@frog ground .1 140 lake .28 : frog, frogs
#5f9c3e!- M-54 -26Q-72 -6 -66 2H-30ZM54 -26Q72 -6 66 2H30Z
#6fae48!^ M-50 -24Q-46 -62 0 -64Q46 -62 50 -24Q40 0 0 0Q-40 0 -50 -24Z
#6fae48!= c -24 -68 14
#6fae48!= c 24 -68 14
w= c -24 -70 8
w= c 24 -70 8
k= c -23 -70 4
k= c 25 -70 4
k= l3 M-30 -38Q0 -20 30 -38
@snake ground .3 190 desert .24 : snake, serpent, python, viper, cobra, snakes
#6f9a4a!= l16 M-90 -8Q-60 -60 -30 -20Q-6 12 18 -24Q36 -60 66 -60
#c9b84a=%70 l4 M-86 -14Q-60 -58 -32 -22Q-6 8 16 -26Q34 -58 60 -60
#6f9a4a!^ M54 -74Q84 -84 98 -62Q94 -48 74 -48H56Z
k= c 80 -66 3
r= l2 M98 -60L112 -62L118 -68M112 -62L118 -56
@crocodile ground .5 250 lake .2 : crocodile, crocodiles
#5f7a42!- M-30 -20L-36 4H-20L-12 -20ZM40 -20L34 4H50L56 -20Z
#5f7a42!^ M-124 -8Q-80 -30 -50 -56Q0 -76 50 -58L66 -70L76 -54L124 -44Q130 -30 110 -26L60 -22Q0 -8 -60 -22Q-90 -20 -124 -8Z
w= M84 -36L88 -26L92 -36L96 -26L100 -36L104 -26L108 -36L112 -28L116 -36Z
#3f5a2a= M-60 -52L-52 -66L-44 -56L-34 -72L-24 -62L-12 -76L-2 -66L10 -76L20 -64L32 -72L38 -62Z
k= c 68 -60 3
@dinosaur ground 5 170 forest .46 : dinosaur, dinosaurs, t-rex, tyrannosaurus, jurassic, palaeontology, paleontology, prehistoric
#6f9a5a!- M-10 -34L-6 2H12L16 -36Z
#6f9a5a!^ M-84 -6Q-60 -20 -44 -46Q-20 -72 10 -66Q24 -70 28 -92Q40 -108 66 -100L82 -88Q80 -76 62 -76L50 -70Q50 -44 30 -32L34 2H16L8 -26Q-10 -18 -28 -22Q-60 -8 -84 -6Z
#6f9a5a!_ l5 M42 -54L56 -46L52 -38
w= M62 -78L64 -72L68 -78L70 -73L74 -79Z
k= c 52 -92 3
@dragonfly air .1 160 lake .26 : dragonfly, damselfly, dragonflies
a=%70 M0 -58Q-50 -100 -78 -88Q-70 -66 0 -54ZM0 -58Q50 -100 78 -88Q70 -66 0 -54ZM0 -52Q-50 -52 -72 -34Q-50 -24 0 -48ZM0 -52Q50 -52 72 -34Q50 -24 0 -48Z
#2f86a4!^ r -4 -66 8 66 4
#2f86a4!= c 0 -70 9
k= c -6 -73 4
k= c 6 -73 4
@ant ground .02 170 garden .22 : ant, ants
k= l3 M-10 -34L-30 -52L-42 0M0 -32L4 -56L18 0M12 -34L36 -54L50 0
k!~ o -44 -38 30 20
k!~ o 0 -36 18 12
k!~ c 36 -44 17
k= l2.4 M44 -58Q54 -78 70 -76M40 -60Q42 -82 54 -90
w= c 42 -48 3.4
@ladybird ground .02 120 garden .26 : ladybird, ladybug
k= l3 M-40 -10L-50 2M0 -8V4M34 -10L46 2
k~ c 46 -34 19
r!^ M-56 -12Q-56 -82 0 -82Q50 -80 52 -12Z
k= l3 M-4 -82V-12
k= c -30 -52 8
k= c -34 -26 7
k= c 20 -56 8
k= c 26 -28 7
w= c 52 -40 4
k= l2.4 M52 -50Q62 -64 70 -62
@spider ground .03 140 forest .3 : spider, spider web, spiderweb, cobweb, tarantula, web, spiders
s=%60 l1.2 M0 -104V4M-56 -84L56 -16M-56 -16L56 -84M-60 -50H60M0 -86L-30 -68V-32L0 -14L30 -32V-68ZM0 -70L-16 -59V-41L0 -30L16 -41V-59Z
k= l3 M-6 -50L-26 -66L-30 -86M6 -50L26 -66L30 -86M-8 -44L-34 -44L-46 -58M8 -44L34 -44L46 -58M-6 -38L-28 -30L-34 -10M6 -38L28 -30L34 -10
k!~ o 0 -40 13 15
k!~ c 0 -58 8
r= c 0 -38 4
@caterpillar ground .03 180 garden .18 : caterpillar
k= l3 M-60 -8V4M-36 -8V4M-12 -8V4M12 -8V4M36 -8V4
g!~ c -68 -22 18
G!~ c -44 -30 20
g!~ c -18 -34 20
G!~ c 8 -32 20
g!~ c 34 -36 20
y~ c 60 -50 23
k= c 68 -54 3.4
k= l2.4 M56 -72Q54 -88 46 -92M66 -72Q72 -88 80 -88
@bat air .2 190 forest .26 : bat in flight, bats, fruit bat, vampire bat
#4a4048!^ M0 -62Q-30 -104 -94 -82Q-78 -70 -74 -46Q-56 -58 -44 -38Q-28 -50 -14 -30L0 -18L14 -30Q28 -50 44 -38Q56 -58 74 -46Q78 -70 94 -82Q30 -104 0 -62Z
#4a4048!= o 0 -52 15 24
#4a4048!= M-14 -68L-16 -90L-2 -76ZM14 -68L16 -90L2 -76Z
w= c -5 -64 3
w= c 5 -64 3
@ray water .4 190 underwater .28 : manta ray, manta
#4a6480!^ M0 -90Q40 -84 94 -52Q50 -40 22 -24Q10 -14 0 -14Q-10 -14 -22 -24Q-50 -40 -94 -52Q-40 -84 0 -90Z
#4a6480!= l4 M0 -16Q6 -2 0 8
w=%60 o 0 -54 20 26
k= c -14 -78 3
k= c 14 -78 3
""".replace("r!= l6 |M", "|r!= l6 M").replace("r!~ |M", "|r!~ M")
)
