"""What moves on water, rails and fields and lies in the water: what the other sheets lack."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@freight_train ground 4 520 railway .2 : cargo train, freight train, goods train, cargo trains, freight trains, goods trains
k= r -256 -22 512 8
*10,52,0 k= c -236 -10 10
B!^ M150 -96H250V-24H150Z
x= r 210 -84 28 24 2
y= r 150 -54 100 8
M^ r -250 -92 118 70 2
o^ r -122 -92 118 70 2
2^ r 6 -92 130 70 2
*10,11,0 k=%18 r -242 -88 4 62
*10,11,0 k=%18 r -114 -88 4 62
*11,11,0 k=%18 r 14 -88 4 62
@cast_net water 1 230 sea .34 : fishing net cast, cast net, net cast
#c9b183=%30 o 0 -30 108 34
#c9b183= l3 M-108 -30A108 34 0 1 0 108 -30A108 34 0 1 0 -108 -30
#c9b183= l1.6 M-74 -30A74 23 0 1 0 74 -30A74 23 0 1 0 -74 -30M-40 -30A40 12 0 1 0 40 -30A40 12 0 1 0 -40 -30
#c9b183= l1.6 M-108 -30H108M0 -64V4M-76 -54L76 -6M76 -54L-76 -6M-40 -62L40 2M40 -62L-40 2
y* c -108 -30 5
y* c 108 -30 5
y* c 0 -64 4
y* c 0 4 5
y* c -76 -54 4
y* c 76 -54 4
y* c -76 -6 5
y* c 76 -6 5
y* c 0 -30 4
@buoy water 1.6 70 sea .3 : buoy, buoys, marker buoy
k= l4 M0 -76V-96
y* c 0 -98 6
r!^ M-12 -78H12L22 -20H-22Z
w= M-17 -50H17L20 -34H-20Z
r- M-36 -20H36Q34 2 0 4Q-34 2 -36 -20Z
@raft water 1 220 lake .26 : raft, rafts, wooden raft, bamboo raft
*5,0,-9 n^ M-104 -6Q-110 -14 -104 -20H96Q104 -14 98 -6Z
*5,0,-9 e= o -104 -13 5 7
*2,120,0 c= l5 M-66 -56L-58 2M-60 -56L-52 2
@barge water 3 240 harbour .26 : barge, barges, canal boat, narrowboat, river barge
M!^ M-108 -28H108L96 2H-98Z
2^ r -84 -66 150 40 3
*6,23,0 x= r -76 -58 14 14 2
k= r 50 -84 8 20
g= r -60 -74 18 9 3
@houseboat water 3.4 230 river .34 : houseboat, house boat, floating home, houseboats, floating homes
e^ M-108 -16H108L98 4H-98Z
w=%50 r -106 -16 212 4
M!^ r -72 -60 132 44
k^ M-84 -60L-60 -88H48L72 -60Z
B= r 26 -104 12 20 2
*2,38,0 w= r -60 -50 26 22 2
*2,38,0 x= r -57 -47 20 16 1
w= r 20 -52 24 36 2
e= r 23 -49 18 33 1
y= c 37 -32 2
*2,38,0 n= r -60 -28 26 7 2
*6,8,0 g= c -60 -30 4
*6,8,0 p= c -58 -33 3
n= l3 M66 -38H104M78 -38V-16M92 -38V-16M104 -38V-16
g= c -88 -24 10
o= r -94 -24 12 9 2
@gondola water 1.6 240 harbour .24 : gondola, gondolas, gondolier
k!^ M-108 -46Q-100 -14 -60 -6H60Q96 -12 112 -60Q98 -34 60 -28H-60Q-94 -30 -108 -46Z
r= r -30 -38 50 12 4
y= c 110 -62 5
@plough ground 1.2 200 field .26 : plough, plow, ploughs
e= l6 M-90 -80L-20 -30L70 -30
S!^ M-30 -34L30 -34L10 0Q-20 -4 -30 -34Z
S= c 64 -16 16
w=%30 c 64 -16 7
@combine ground 3.6 180 field .36 : combine harvester, combine, harvester, harvesters
r!^ M-70 -74H30V-26H-70Z
r!^ M-60 -88H-10V-74H-60Z
a* M2 -100H34V-70H2Z
y^ r 40 -44 44 34 4
*4,12,0 k= r 42 -42 3 30
k= c -46 -14 16
k= c 22 -20 20
s= c -46 -14 6
s= c 22 -20 8
y= l6 M-66 -84L-92 -98
""",
)
