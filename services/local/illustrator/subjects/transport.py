"""More vehicles, on wheels, rails, runners and water and in the air."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@motorcycle ground 1.2 160 street .34 : motorcycle, motorbike, motor bike
k= l10 M-50 -54A26 26 0 1 1 -50.1 -54M52 -54A26 26 0 1 1 51.9 -54
s= c -50 -28 9
s= c 52 -28 9
S= l6 M-50 -28L-10 -34L10 -28M52 -28L30 -84L18 -92
M!^ M-24 -62Q6 -86 34 -66L26 -46L-16 -44Z
k^ M-76 -72Q-50 -72 -24 -60L-30 -50L-60 -58Z
S^ r -16 -46 36 24 5
y* c 40 -72 8
@scooter ground 1.2 120 street .36 : scooter, vespa
M!^ M-50 -54H-2L8 -26H30L38 -76L28 -94L40 -100L50 -76L46 -14H-50Q-66 -40 -50 -54Z
k^ r -52 -64 50 12 5
k= c -36 -13 14
k= c 46 -13 14
s= c -36 -13 6
s= c 46 -13 6
k= l5 M26 -96L10 -92
@ambulance ground 2.6 180 street .32 : ambulance, paramedic vehicle, emergency services, emergency
w!^ M-84 -92H34V-14H-84Z
w!^ M34 -84H58L84 -46V-14H34Z
x= M42 -76H56L72 -48H42Z
r= r -84 -40 168 10
r= M-38 -82H-24V-68H-10V-54H-24V-42H-38V-54H-52V-68H-38Z
b* r 14 -100 20 9 3
k= c -50 -14 15
k= c 52 -14 15
s= c -50 -14 6
s= c 52 -14 6
@van ground 2.6 180 street .32 : camper van, campervan, camper, motorhome
M!^ M-84 -96H30Q44 -96 52 -84L68 -56Q84 -52 86 -36V-14H-84Z
w= M-84 -60H66Q84 -54 86 -40H-84Z
x= r -74 -88 30 24 4
x= r -38 -88 30 24 4
x= M4 -88H28Q36 -88 42 -80L52 -62H4Z
k=%30 l1.6 M-2 -92V-18
y= c 80 -32 5
s= r 66 -18 24 6 3
k= c -48 -14 15
k= c 50 -14 15
s= c -48 -14 6
s= c 50 -14 6
@fire_engine ground 3 200 street .32 : fire engine, fire truck, fire brigade, red engine
r!^ r -96 -78 140 62 4
r!^ M44 -86H82Q92 -84 94 -50V-16H44Z
x= M54 -78H80L86 -48H54Z
s= r -90 -92 140 6
*9,14,0 s= r -84 -92 4 10
w= r -96 -44 190 7
s= r -84 -68 34 20 2
s= r -42 -68 34 20 2
b* r 60 -94 18 8 3
k= c -58 -15 16
k= c 66 -15 16
s= c -58 -15 7
s= c 66 -15 7
@police_car ground 1.6 210 street .24 : police car, police, patrol car, police officer vehicle
w!^ M-98 -50L-62 -54L-36 -86H30L60 -54L98 -46V-16H-98Z
b= M-98 -40H98V-26H-98Z
x= M-50 -56L-30 -78H-6V-56ZM2 -56V-78H26L46 -56Z
b* r -12 -98 16 11 3
r* r 4 -98 14 11 3
k= c -56 -16 16
k= c 58 -16 16
s= c -56 -16 7
s= c 58 -16 7
@taxi ground 1.6 210 street .24 : taxi, cab, taxicab
y!^ M-98 -50L-62 -54L-36 -86H30L60 -54L98 -46V-16H-98Z
x= M-50 -56L-30 -78H-6V-56ZM2 -56V-78H26L46 -56Z
*10,18,0 k= r -90 -44 9 5
k= r -20 -98 34 12 3
k= c -56 -16 16
k= c 58 -16 16
s= c -56 -16 7
s= c 58 -16 7
@tram ground 3.4 260 street .3 : tram, streetcar, light rail, trolleybus, trams, tramway
k= l2 M-20 -86L6 -106L34 -88
M!^ r -126 -86 252 72 9
w= r -126 -40 252 8
*6,40,0 x= r -116 -76 30 28 3
k= r -126 -16 252 7
*4,62,0 k= c -92 -8 9
@steam_train ground 4 260 field .3 : steam locomotive, steam train, locomotive, steam engine, steam railway, old locomotive
w=%70 c -20 -104 12
w=%60 c -46 -112 16
k!~ r -20 -66 110 44 18
k!^ r -70 -90 54 70 3
x= r -60 -80 32 24 3
k= M54 -64H72L78 -94H48Z
r= r -76 -22 172 8
r= M96 -22L120 0H90Z
*3,42,0 r= c -46 -14 17
*3,42,0 k= c -46 -14 8
k= c 80 -9 9
y= r 12 -74 14 10 4
s= l4 M-46 -14H38
@excavator ground 3 200 workshop .38 : excavator, digger
k^ r -66 -20 90 20 10
S= *5,17,0 c -56 -10 6
y!^ M-60 -52H20V-20H-60Z
y!^ M-30 -92H14L22 -52H-30Z
x= M-22 -84H8L14 -56H-22Z
y!= l9 M16 -46L54 -96L88 -56
k^ M76 -58L102 -54Q100 -26 78 -24L70 -34Z
@tower_crane ground 40 150 city .66 : crane, tower crane, construction crane, cranes, building crane, harbour crane, tall crane
y!= l4 M-24 0V-88M-12 0V-88M-24 -10L-12 -24L-24 -38L-12 -52L-24 -66L-12 -80
y!^ M-62 -92H72V-86H-62Z
y!= l2 M-18 -104L68 -92M-18 -104L-58 -92M-18 -104V-86M0 -92L8 -86L16 -92L24 -86L32 -92L40 -86L48 -92L56 -86
S^ r -66 -88 18 16
k= l1.4 M50 -86V-54
n^ r 40 -54 20 10
k= r -34 -4 32 5
@forklift ground 2.2 150 warehouse .4 : forklift, fork-lift, pallet truck, forklift truck
k= r 34 -100 8 98
k= l5 M40 -6H74
y!^ M-60 -56H28V-14H-60Z
y!= l6 M-44 -56V-96H20L28 -56
n^ r 46 -46 30 34
n_ r 44 -12 34 5
k= c -38 -14 15
k= c 16 -14 15
@cement_mixer ground 3 180 workshop .34 : cement mixer, concrete mixer
M!^ r 36 -76 44 58 5
x= r 48 -68 28 22 3
w~ M-86 -40L-70 -84L0 -92L32 -58L20 -30L-60 -24Z
r= M-46 -88L-30 -90L-14 -26L-32 -26Z
k= r -86 -22 168 8
*2,28,0 k= c -62 -13 13
k= c 58 -13 13
@pram ground 1 110 garden .36 : pram, stroller, pushchair, baby carriage
M!^ M-46 -56H40Q38 -24 0 -22Q-44 -24 -46 -56Z
M!- M-46 -58Q-44 -98 0 -98V-58Z
k= l4 M40 -56L58 -80M-26 -24L20 -6M22 -24L-24 -6
k= l5 M-26 -24A13 13 0 1 1 -26.1 -24M26 -24A13 13 0 1 1 25.9 -24
@cart ground 1.4 170 field .34 : cart, wagon, handcart, hay wagon
n!^ M-60 -70H60L50 -36H-54Z
e=%50 l2 M-58 -58H57M-56 -47H54
e= l5 M54 -44L92 -58
e= l6 M-20 -52A26 26 0 1 1 -20.1 -52M30 -52A26 26 0 1 1 29.9 -52
e= l2 M-20 -52V0M-46 -26H6M30 -52V0M4 -26H56
@sledge ground .6 170 snow .26 : sledge, sled, sleigh, toboggan, dog sled
M= l6 M-70 -4H60Q88 -6 84 -34Q80 -44 70 -38
n!^ M-66 -44H62V-30H-66Z
n= l6 M-46 -32V-6M0 -32V-6M42 -32V-6
@cable_car air 3 110 mountains .34 : cable car, gondola lift, aerial tramway
k= l3 M-100 -92L100 -104
k= l4 M0 -98V-76
M!^ r -46 -78 92 72 14
*3,28,0 x= r -38 -66 22 30 3
k= r -46 -26 92 5
@submarine water 5 220 underwater .3 : submarine, u-boat
y!^ M-104 -36Q-100 -66 -40 -66H60Q104 -62 106 -36Q104 -6 60 -4H-50Q-98 -6 -104 -36Z
y!- M-20 -66L-14 -92H20L26 -66Z
k= l4 M8 -92V-104H22
*3,34,0 a= c 0 -38 11
k= M-104 -36L-122 -60V-12Z
@ferry water 14 230 harbour .3 : ferry, passenger ship, ferryboat, cruise ship, cruise liner, ocean liner
r= r 6 -102 20 24
k= r 6 -102 20 6
w!^ r -60 -80 110 20 3
w!^ r -84 -60 150 26 3
*7,14,0 x= r -52 -74 8 7
*12,12,0 x= r -78 -52 7 8
B!^ M-106 -36H110L92 2H-88Z
w= r -104 -30 206 4
@speedboat water 2.4 200 lake .2 : speedboat, motor boat, powerboat
a= M-10 -66L24 -46H-20L-22 -64Z
M!^ M-92 -46H60L102 -58Q86 -8 60 2H-80Z
w= M-90 -30H88L82 -20H-86Z
e^ r -60 -58 30 14 4
@canoe water 1 220 lake .18 : canoe
M!^ M-108 -42Q0 -14 108 -42Q86 2 50 2H-50Q-86 2 -108 -42Z
n= l4 M-66 -24L58 -84
n= o -70 -21 12 6
n= o 62 -87 12 6
@glider air 2 200 sky .2 : glider, sailplane
w!^ M-70 -56Q0 -74 76 -58Q84 -50 76 -44Q0 -34 -70 -48Z
M!^ M-20 -56L40 -60L26 -102H6Z
M!- M-16 -46L34 -46L10 -4H-10Z
M!^ M-70 -52L-90 -84H-74L-54 -54Z
b= M36 -62Q58 -62 62 -54L38 -54Z
k= l4 M82 -76V-28
@parachute air 6 110 sky .44 : parachute, skydiver, skydiving, parachutist
M!^ M-54 -68Q-50 -104 0 -104Q50 -104 54 -68Q40 -76 28 -68Q14 -76 0 -68Q-14 -76 -28 -68Q-40 -76 -54 -68Z
2= M-28 -68Q-20 -100 0 -104Q20 -100 28 -68Q14 -76 0 -68Q-14 -76 -28 -68Z
k= l1 M-54 -68L-4 -22M-28 -68L-2 -22M28 -68L2 -22M54 -68L4 -22
f= c 0 -20 6
k= r -5 -14 10 12 3
k= l3 M-3 -4V4M3 -4V4
@airship air 20 200 sky .26 : airship, zeppelin, blimp, dirigible
M!^ M-96 -58Q-60 -98 10 -98Q84 -94 98 -58Q84 -22 10 -20Q-60 -20 -96 -58Z
M!_ M-96 -58L-110 -88H-86L-70 -70ZM-96 -58L-110 -28H-86L-70 -46Z
2= M-92 -64Q0 -76 97 -64V-52Q0 -44 -92 -52Z
k^ r -24 -20 50 16 6
x= r -16 -16 34 6
@space_station space 20 210 space .34 : space station, orbital station, iss
#3d5fa0^ r -104 -80 52 60 2
#3d5fa0^ r 52 -80 52 60 2
*4,12,0 a= l1.4 M-96 -80V-20
*4,12,0 a= l1.4 M60 -80V-20
s= r -54 -54 108 8
w!~ r -24 -88 48 76 12
s~ r -40 -58 80 18 6
b* c 0 -70 8
M= r -24 -32 48 6
@rover ground 1.6 150 lunar .34 : rover, mars rover, lunar rover, moon buggy, exploration rover
s= l4 M10 -50V-90
w^ r -4 -104 34 16 4
b* c 20 -96 5
#c99a3a!^ M-60 -54H50L58 -30H-62Z
#3d5fa0^ M-70 -62H30L24 -54H-64Z
k= *3,48,0 c -48 -14 15
s= *3,48,0 c -48 -14 6
s= l4 M-48 -14L-30 -32M0 -14V-32M48 -14L34 -32
@ufo air 3 170 sky .26 : ufo, flying saucer, alien ship, alien
a*%80 M-34 -66Q-30 -102 0 -102Q30 -102 34 -66Z
s!^ M-84 -52Q-60 -70 0 -70Q60 -70 84 -52Q60 -30 0 -30Q-60 -30 -84 -52Z
*5,28,0 y* c -56 -50 5
y*%30 M-30 -32H30L54 4H-54Z
""".replace("S= *5,17,0 c", "*5,17,0 S= c")
    .replace("k= *3,48,0 c", "*3,48,0 k= c")
    .replace("s= *3,48,0 c", "*3,48,0 s= c")
)
