"""Everyday things of house, shop and garden that the other sheets lack."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@phone_box ground 2.4 58 village .56 : phone box, telephone box, telephone booth, phone booth, call box
r!_ r -29 -104 58 9 3
r!^ r -26 -97 52 97 2
w= r -20 -93 40 7 1
*3,13,0 x= r -19 -82 12 17
*3,13,0 x= r -19 -62 12 17
*3,13,0 x= r -19 -42 12 17
*3,13,0 x= r -19 -22 12 15
@rice_cooker table .25 130 kitchen .34 : rice cooker, slow cooker, pressure cooker, steam cooker
s= r -66 -66 132 9 4
w!~ M-52 -70H52Q62 -30 46 -4H-46Q-62 -30 -52 -70Z
w+ M-50 -70Q-44 -96 0 -97Q44 -96 50 -70Z
S^ r -10 -104 20 9 4
k= r -24 -48 48 26 4
g* c -9 -35 5
o* c 9 -35 5
@perfume table .12 90 studio .4 : perfume, perfume bottle, scent bottle, fragrance, cologne
y= r -12 -104 24 20 3
s= r -8 -86 16 8
p!~%90 M-26 -78H26Q42 -72 42 -54V-10Q42 0 32 0H-32Q-42 0 -42 -10V-54Q-42 -72 -26 -78Z
w=%70 r -24 -52 48 30 2
w=%40 r -34 -62 7 52 3
@camping_stove table .25 110 mountains .3 : camping stove, camp stove, gas stove, spirit stove, portable stove
s= l5 M-40 -62H40M-30 -62L-20 -40M30 -62L20 -40
o* M-12 -64Q-18 -80 -6 -92Q-4 -80 4 -86Q14 -76 10 -64Z
y* M-5 -64Q-6 -72 0 -78Q6 -72 5 -64Z
k^ r -24 -44 48 8 3
b!~ M-30 -36H30Q44 -30 44 -18V-4Q44 0 40 0H-40Q-44 0 -44 -4V-18Q-44 -30 -30 -36Z
w=%60 r -30 -24 60 9 2
k= r 24 -52 22 6 3
@alarm_clock table .2 96 home .4 : alarm clock, alarm clocks, bedside clock
k= l6 M-28 -6L-36 2M28 -6L36 2M0 -88V-98
M!~ c -24 -88 15
M!~ c 24 -88 15
s= r -10 -104 20 7 3
M!~ c 0 -44 42
w= c 0 -44 34
k= l4 M0 -44V-68M0 -44L16 -36
k= c 0 -44 4
k= l3 M0 -74V-78M0 -10V-14M30 -44H34M-34 -44H-30
@flower_pot table .25 110 garden .34 : plant pot, plant pots, flower pot, flower pots, flowerpot, flowerpots, terracotta pot, terracotta pots, ceramic pot, ceramic pots, empty pot
#b8683f!= r -52 -96 104 24 4
#b8683f!^ M-44 -74H44L32 0H-32Z
k=%20 r -44 -74 88 7
@fossil table .15 104 studio .4 : fossil, fossils, ammonite, ammonites
#b9a587!~ c 0 -50 50
#8f7a5c= l5 M46 -36Q40 -96 -6 -92Q-44 -86 -40 -46Q-34 -14 -2 -16Q28 -22 24 -50Q18 -72 -4 -68Q-22 -62 -18 -46Q-12 -34 0 -38
#8f7a5c= l3 M0 -100V-88M-34 -84L-26 -76M-50 -50H-40M-36 -14L-28 -22M0 0V-14M34 -14L24 -24M30 -84L22 -74
@kettle table .25 140 kitchen .36 : kettle, tea kettle, electric kettle, whistling kettle
k= l8 M-36 -66Q-34 -102 0 -102Q34 -102 36 -66
M!- M34 -40L70 -78L80 -72L48 -14Z
M!~ M-42 -56Q-38 -78 0 -78Q38 -78 42 -56L52 -4H-52Z
k= c 0 -81 6
s= r -54 -6 108 7 3
w=%30 M-34 -54Q-30 -68 -18 -70L-24 -14H-40Z
@coffee_machine table .4 100 kitchen .42 : coffee machine, coffee maker, espresso machine
k!- r -46 -74 32 66
k!^ r -46 -100 92 32 6
k!^ r -46 -12 92 12 4
s= r 4 -68 26 8 2
s= l4 M17 -60V-52
w= M2 -42H32L28 -12H6Z
#6b4429= M4 -36H30L29 -28H5Z
y* c -30 -84 5
r* c -14 -84 5
@coffee_grinder table .3 100 kitchen .38 : coffee grinder, coffee mill, hand grinder
n!^ r -34 -46 68 46 4
e= r -13 -32 26 18 2
y= c 0 -23 3
s~ M-30 -46Q-30 -74 0 -74Q30 -74 30 -46Z
k= l5 M0 -74V-90H42
r= c 42 -94 8
@toaster table .2 130 kitchen .32 : toaster
M!^ M-56 -66H56Q64 -66 64 -54L60 -6H-60L-64 -54Q-64 -66 -56 -66Z
k= r -40 -66 80 5 2
k= r 58 -46 10 9 2
s= r -60 -8 120 8 3
w=%30 r -50 -56 8 40 3
@blender table .4 70 kitchen .46 : blender, food processor, mixer, liquidiser
k= r -20 -104 40 8 3
a=%80 M-26 -96H26L18 -40H-18Z
r=%80 M-23 -74H23L18 -40H-18Z
M!^ M-22 -40H22L30 0H-30Z
w= c 0 -18 7
@toothbrush table .2 34 studio .46 : toothbrush, electric toothbrush, toothbrushes
w= r -9 -104 18 20 3
M!^ r -4 -90 8 92 4
w=%40 r -2 -60 3 56 1
b= r -9 -104 18 7 3
@thermostat emblem .2 100 home .34 : thermostat, heating control, room control
w!^ r -48 -98 96 96 14
s= c 0 -50 36
k= c 0 -50 31
o* l4 M-20 -68A27 27 0 0 1 24 -62
w= r -13 -56 10 14 2
w= r 3 -56 10 14 2
@vacuum_cleaner ground 1 130 home .4 : vacuum cleaner, hoover, robot vacuum
k= l6 M-20 -30Q-60 -40 -54 -84Q-50 -104 -34 -92L44 -20
S^ r 34 -16 36 14 4
M!^ M-34 0Q-44 -40 -6 -42Q24 -42 24 0Z
k= c -20 -6 9
k= c 12 -6 7
@fan table .5 80 home .44 : electric fan, desk fan, ventilator fan, table fan
S= r -4 -46 8 44
k^ r -26 -8 52 8 4
s= c 0 -66 37
w= c 0 -66 33
M!= M0 -66Q-24 -98 4 -96Q14 -80 0 -66Q36 -70 28 -46Q12 -44 0 -66Q-14 -34 -30 -50Q-22 -66 0 -66Z
k= c 0 -66 6
@flat_iron table .2 150 home .28 : flat iron, steam iron, clothes iron
k= l9 M-30 -40Q-40 -84 0 -84H34
M!^ M-70 -8Q-60 -56 10 -56Q50 -50 74 -8Z
s= M-72 -8H78L70 0H-68Z
@lawnmower ground 1 150 garden .38 : lawnmower, lawn mower, mower
k= l6 M-30 -34L-74 -98H-60
r!^ M-40 -46H46L54 -16H-44Z
k= r -14 -62 40 18 5
k= c -34 -12 13
k= c 42 -12 13
s= c -34 -12 5
s= c 42 -12 5
@container ground 2.6 200 harbour .34 : container, containers, shipping container, shipping containers, freight container, sea container
M!^ r -94 -48 90 48 1
2^ r 2 -48 92 48 1
o^ r -50 -98 96 48 1
*8,11,0 k=%18 r -88 -46 4 44
*8,11,0 k=%18 r 8 -46 4 44
*8,11,0 k=%18 r -44 -96 4 44
@crate table .5 140 market .34 : crate, crates, wooden crate, fruit box, stacked crates
n!^ r -62 -72 124 72 2
e= r -62 -50 124 4
e= r -62 -26 124 4
n+ r -66 -76 12 78
n+ r 54 -76 12 78
@fruit_crate table .5 140 market .34 : crate of fruit, crates of fruit, crate of apples, box of fruit, crate of oranges, crates of produce, crate of produce
*5,25,0 r~ c -50 -70 15
*4,25,0 o~ c -38 -82 14
*3,25,0 g~ c -26 -92 12
n!^ r -64 -64 128 64 2
e= r -64 -44 128 4
e= r -64 -22 128 4
n+ r -68 -68 12 70
n+ r 56 -68 12 70
@fish_crate table .5 140 harbour .34 : crate of fish, crate of silver fish, box of fish, crates of fish, fish crate, silver catch
*3,30,0 s^ M-60 -68Q-46 -88 -22 -72L-10 -82V-60L-22 -68Q-40 -56 -60 -68Z
*3,30,0 s- M-46 -82Q-32 -100 -8 -86L4 -96V-74L-8 -82Q-26 -70 -46 -82Z
*3,30,0 k= c -52 -71 2
b!^ r -64 -64 128 64 3
B= r -64 -44 128 4
B= r -64 -22 128 4
@travel_bag ground .5 150 street .3 : travel bag, travel bags, holdall, duffel bag, sports bag
e= l6 M-34 -56Q-30 -96 0 -96Q30 -96 34 -56
M!^ M-62 -62H62Q74 -62 74 -48V-12Q74 0 62 0H-62Q-74 0 -74 -12V-48Q-74 -62 -62 -62Z
k=%30 r -40 -62 8 62
k=%30 r 32 -62 8 62
y= r -24 -60 48 4 2
@curtain ground 3 170 stage .66 : theatre curtain, curtain, curtains, velvet curtain, stage curtain, velvet curtains
k= r -64 -96 128 92
n^ r -84 -104 168 9 3
|r!^ M-82 -97H-34Q-30 -50 -62 -30Q-50 -14 -54 0H-82Z
|k=%20 M-70 -97H-64Q-62 -50 -68 0H-72ZM-54 -97H-48Q-48 -60 -62 -36L-64 -40Q-54 -60 -54 -97Z
@binoculars table .2 130 studio .34 : binoculars, field glasses, pair of binoculars
|k!^ M-54 -8Q-62 -8 -60 -20L-48 -84Q-46 -94 -34 -94H-22Q-12 -94 -12 -84V-8Z
|s= r -58 -14 46 10 3
|S= r -44 -104 26 14 4
k= r -14 -66 28 26 4
s= r -5 -76 10 20 3
@wheel ground .7 104 studio .44 : wheel, bicycle wheel, bicycle wheels, bike wheel, wheels, cartwheel, spinning wheel rim
k!= l7 M0 -98A46 46 0 1 1 -0.1 -98
s= l1.6 M0 -52V-96M0 -52V-8M0 -52H-44M0 -52H44M0 -52L-31 -83M0 -52L31 -21M0 -52L-31 -21M0 -52L31 -83M0 -52L-40 -69M0 -52L40 -35M0 -52L-40 -35M0 -52L40 -69M0 -52L-17 -92M0 -52L17 -12M0 -52L17 -92M0 -52L-17 -12
s^ c 0 -52 7
@torch table .2 150 studio .26 : torch, flashlight, electric torch
y*%50 M40 -58L98 -96V-4L40 -40Z
k!^ r -72 -60 90 24 6
S^ M14 -66L42 -74V-22L14 -30Z
y* r 40 -72 5 48
r= r -30 -64 18 6 3
@wallet table .1 140 studio .3 : wallet, billfold
g= r -40 -94 86 40 2
e!^ r -62 -82 124 82 7
e!- r 24 -54 42 26 5
y= c 44 -41 5
k=%30 l2 M-56 -74H56M-56 -8H56
@banknotes table .1 160 studio .28 : banknote, banknotes, bank note, bank notes, bills of money
#7fb08a- M-70 -64L62 -88L74 -40L-58 -16Z
#9ccaa5!^ r -72 -58 144 58 3
w=%60 r -64 -50 128 42 2
#7fb08a= o 0 -29 22 18
@postcard table .15 130 studio .34 : postcard, postcards
w- M-70 -84L36 -104L58 -14L-48 6Z
w!= r -60 -86 122 82 2
a* r -52 -78 106 56 1
b= r -52 -44 106 22
g= M-52 -44L-20 -66L6 -44L26 -58L54 -44Z
y* c 30 -68 7
@poster emblem 1 76 studio .5 : poster, posters, film poster, advertising poster
w!= r -36 -102 72 102 2
M= r -30 -96 60 62 1
2= c 0 -68 20
k=%50 r -26 -28 52 5
k=%50 r -18 -18 36 4
@magazine table .3 90 home .4 : magazine, magazines, brochure, catalogue
2- M-30 -96H48V4H-30Z
M!= r -44 -102 80 102 2
w= r -38 -96 68 14 1
w=%70 c -4 -52 22
k=%40 r -34 -20 60 4
k=%40 r -34 -12 40 4
@cushion table .3 120 home .34 : cushion, cushions
M!~ M-56 -86Q0 -100 56 -86Q66 -48 56 -8Q0 4 -56 -8Q-66 -48 -56 -86Z
w=%30 l3 M-40 -72Q0 -80 40 -72M-40 -22Q0 -14 40 -22
@wardrobe ground 2 84 home .6 : wardrobe, cupboard, cabinet, closet, dresser
n!^ r -40 -102 80 98 2
n_ r -44 -104 88 7 2
e= l2 M0 -95V-6
e= r -33 -90 28 80 2
e= r 5 -90 28 80 2
n= r -29 -86 20 72 1
n= r 9 -86 20 72 1
y= c -4 -50 2.5
y= c 4 -50 2.5
e= r -36 -6 8 8
e= r 28 -6 8 8
@carpet table .1 220 home .22 : carpet, rug, carpets, rugs, prayer mat, kilim
r!^ M-86 -60H86L106 -4H-106Z
y= l3 M-76 -52H76L92 -12H-92Z
b= M0 -48L40 -32L0 -14L-40 -32Z
y= M0 -40L20 -32L0 -22L-20 -32Z
*13,16,0 c= r -98 -4 8 6
@hammock ground 1.2 220 garden .32 : hammock, hammocks
e= l6 M-96 0V-96M96 0V-96
M!^ M-92 -82Q0 -10 92 -82Q70 0 0 -2Q-70 0 -92 -82Z
w=%50 l3 M-80 -70Q0 8 80 -70M-84 -76Q0 -2 84 -76
@barbecue ground 1 100 garden .42 : barbecue, grill, barbeque, charcoal grill, bbq
s*%60 l4 M-20 -84Q-28 -94 -20 -104M6 -84Q-2 -94 6 -104
k= l5 M-24 -30L-36 0M24 -30L36 0M-6 -30V0
k!^ M-48 -66H48Q44 -30 0 -28Q-44 -30 -48 -66Z
s= r -52 -71 104 5 2
@cool_box table .4 140 coast .32 : cool box, cool-box, cooler, ice box, icebox
w= r -64 -96 128 26 6
k= l6 M-40 -92Q-40 -108 -30 -108H30Q40 -108 40 -92
b!^ r -60 -72 120 72 5
w=%50 r -50 -46 100 8 2
@pallet ground .3 190 warehouse .2 : wooden pallet, pallet, pallets
*4,0,-24 n^ r -84 -20 168 9
*3,70,0 e= r -84 -96 28 96
n+ r -88 -98 176 12
@planks ground .4 210 workshop .24 : plank, planks, timber, boards of wood, stack of timber, stacks of timber, floorboards
*3,0,-24 n^ r -96 -22 62 18 1
*3,0,-24 t^ r -32 -22 62 18 1
*3,0,-24 n+ r 32 -22 62 18 1
*3,0,-24 e= r -96 -4 190 2
*3,0,-24 e=%60 c -64 -12 4
@pipe ground .5 220 workshop .22 : pipe, pipes, pipeline, water pipe, steel pipe
s!^ r -100 -60 200 44 0
s+ r -100 -56 200 8
*3,80,0 S= r -86 -66 14 56 3
k= r -60 -16 10 16
k= r 50 -16 10 16
@engine ground .9 150 workshop .36 : car engine, motor, diesel engine, combustion engine
S!^ r -62 -70 112 70 6
*4,24,0 k= r -54 -92 16 24 3
s~ c 56 -36 26
k= c 56 -36 9
r= r -50 -54 88 8 2
s= r -50 -38 88 22 3
@furnace ground 3 110 factory .5 : furnace, kiln, blast furnace, smelter, pottery kiln, kilns
#a8583c!^ M-52 0V-60Q-52 -92 0 -94Q52 -92 52 -60V0Z
#8a4630= l2 M-50 -20H50M-52 -40H52M-50 -60H50M-40 -78H40
k= M-24 0V-30Q-24 -50 0 -50Q24 -50 24 -30V0Z
o* M-16 0Q-22 -24 -4 -42Q-2 -24 8 -34Q20 -14 14 0Z
y* M-6 0Q-8 -14 2 -22Q10 -10 6 0Z
k= r -12 -104 24 14
@vat ground 2.6 110 factory .5 : vat, copper kettle, brewing kettle, brewery, brew kettle, fermenter
#c77b45^ M-8 -104H8V-82H-8Z
#c77b45!~ M-50 -58Q-44 -86 0 -88Q44 -86 50 -58V-20H-50Z
#8f5230= r -54 -60 108 6 3
s= r -52 -22 104 6
S= r -44 -16 9 16
S= r 35 -16 9 16
k= c 20 -40 9
w* c 20 -40 6
w=%40 M-38 -58Q-36 -74 -24 -78L-28 -26H-38Z
@loom ground 1.6 130 workshop .5 : loom, weaving loom, hand loom, weaver's loom
n!^ r -60 -100 9 100
n!^ r 51 -100 9 100
n_ r -64 -98 128 8 2
n_ r -64 -14 128 8 2
*15,7,0 c= r -50 -90 2.4 76
r= r -52 -46 104 10
y= r -52 -36 104 8
b= r -52 -28 104 10
e= r -56 -58 112 7 2
@puppet ground .6 70 stage .54 : puppet, puppets, marionette, marionettes, hand puppet
e= l4 M-30 -102H30M0 -104V-96
s= l1 M-26 -100L-22 -50M26 -100L24 -54M0 -100V-84
M!^ M-14 -62H14L20 -28H-20Z
f~ c 0 -74 12
r= M-12 -78Q0 -98 12 -78Z
f= l6 M-14 -58L-24 -46M14 -58L26 -50
e= l6 M-8 -28L-12 -4M8 -28L14 -6
k= o -16 -2 8 4
k= o 18 -4 8 4
k= c 4 -75 1.6
@trombone table .6 200 stage .26 : trombone, trombones
y!= l6 M-80 -60H60M-80 -80Q-96 -70 -80 -60M-80 -80H40
y!^ M50 -66L98 -96V-44L54 -58Z
y= l4 M20 -80V-60
@rake ground 1.4 44 garden .54 : rake, garden rake
n= l5 M0 -6V-102
S!= l4 M-18 0V-12H18V0M-6 0V-12M6 0V-12
@sword table .9 50 museum .5 : sword, swords
s!~ M-5 -34L-4 -92L0 -104L4 -92L5 -34Z
y= r -20 -36 40 6 3
e= r -4 -30 8 24 2
y= c 0 -3 6
@armour ground 1.8 60 museum .56 : armour, armor, suit of armour, knight's armour
s!~ M-12 -104H12L14 -82H-14Z
k= r -8 -96 18 4
s!^ M-22 -80H22L18 -42H-18Z
s- M-30 -78L-20 -80L-20 -40L-30 -40ZM30 -78L20 -80L20 -40L30 -40Z
s!^ M-17 -42H-2L-4 0H-18ZM2 -42H17L18 0H4Z
y= l2 M0 -78V-44
@projector table .3 130 stage .34 : projector, film projector, beamer, slide projector
y*%40 M46 -62L96 -98V-6L46 -38Z
k= c -34 -82 20
k= c 10 -84 17
s= c -34 -82 8
s= c 10 -84 7
S!^ r -52 -66 88 46 5
k= r 34 -62 14 26 2
k= r -44 -20 10 20
k= r 16 -20 10 20
""",
)
