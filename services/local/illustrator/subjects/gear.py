"""Devices, office and school things, and what doctors and scientists use."""

# ruff: noqa: E501 - a drawing's words and paths stay on one line

from __future__ import annotations

from services.local.illustrator.subjects.sketch import read_sheet

ENTRIES = read_sheet(
    """
@tablet table .25 84 studio .42 : tablet, tablet computer, ebook, ipad
k!~ r -40 -104 80 104 7
w* r -34 -96 68 86 2
M* r -28 -90 56 28 2
b* r -28 -56 26 20 2
2* r 2 -56 26 20 2
s* r -28 -30 56 4
s* r -28 -22 40 4
@television ground .8 160 home .38 : television, tv, tv set, smart tv, flat screen
k!^ r -78 -98 156 86 4
b* r -72 -92 144 74 2
M* M-72 -18L-24 -60L6 -34L36 -72L72 -30V-18Z
w* c -40 -74 9
k= r -30 -12 60 6
k= r -46 -6 92 6 2
@printer table .35 150 office .32 : printer
w= M-40 -102H40V-60H-40Z
s=%80 *3,0,10 r -30 -94 60 3
S!^ r -72 -68 144 52 8
k= r -46 -30 92 8
w^ M-44 -24H44L52 0H-52Z
y* c 56 -54 4
@keyboard table .05 200 office .18 : keyboard, computer keyboard, worn keyboard, typing, keycaps
k!^ M-92 -54H92L100 -4Q100 0 94 0H-94Q-100 0 -100 -4Z
*11,15,0 w= r -82 -46 11 9 2
*11,15,0 w= r -82 -34 11 9 2
*11,15,0 s= r -82 -22 11 8 2
w= r -46 -11 92 7 2
@typewriter table .3 150 home .36 : typewriter
w= r -40 -104 80 50
s=%80 *3,0,9 r -30 -96 56 3
k= r -66 -66 132 14 6
M!^ M-56 -58H56L72 0H-72Z
*7,15,0 w= c -45 -34 5
*6,16,0 w= c -40 -20 5
w= r -34 -11 68 6 3
@telephone table .2 130 office .36 : telephone, landline, hotline, rotary phone, call centre phone, phone call, receiver
M!^ M-40 -60H40L60 0H-60Z
w= c 0 -28 22
k=%60 c 0 -28 9
M!- M-66 -94Q0 -112 66 -94Q72 -70 54 -66L40 -76Q0 -86 -40 -76L-54 -66Q-72 -70 -66 -94Z
@chip emblem .05 110 studio .44 : chip, microchip, semiconductor, processor, microchips, semiconductors, circuit, cpu, chips industry, integrated circuit
*5,17,0 s= r -38 -104 8 104 2
y= r -52 -86 104 8 2
y= r -52 -69 104 8 2
y= r -52 -52 104 8 2
y= r -52 -35 104 8 2
y= r -52 -18 104 8 2
#1f6b54!^ r -42 -94 84 84 6
k^ r -26 -78 52 52 4
y= l2 M-26 -66L-36 -66M-26 -40L-36 -40M26 -66L36 -66M26 -40L36 -40M-12 -78V-88M12 -78V-88M-12 -26V-16M12 -26V-16
s= c -16 -68 3
b* r -12 -64 24 24 3
@battery emblem 1 76 studio .46 : battery, batteries, energy storage, rechargeable, lithium, accumulator, power pack
s^ r -13 -104 26 12 3
k!~ r -30 -94 60 94 8
g* r -22 -42 44 34 4
g*%70 r -22 -62 44 17 4
y* M6 -88L-14 -50H0L-6 -20L16 -58H2Z
@charger ground 1.6 80 street .44 : charging station, charger, ev charger, charging point, electric car charger
w!~ r -26 -98 40 98 6
b* r -20 -90 28 22 3
y= M-4 -60L-16 -40H-6L-10 -24L4 -46H-6Z
k= l4 M14 -50Q40 -46 38 -20Q38 -4 48 -12Q54 -40 40 -76
k= r 34 -86 13 13 3
S= r -32 -4 52 5
@plug emblem .3 90 studio .4 : plug, power plug, charging
k= l8 M0 -30Q0 -4 30 -4Q60 -4 58 -24
M!^ M-30 -72H30V-52Q28 -26 0 -24Q-28 -26 -30 -52Z
s^ r -20 -100 9 30 2
s^ r 11 -100 9 30 2
y* M4 -66L-8 -48H0L-4 -32L10 -52H2Z
@drone air .5 180 field .24 : drone, quadcopter, drones, unmanned aircraft, delivery drone, uav
k= l6 M-66 -66L66 -66M-40 -44L-66 -66M40 -44L66 -66
s=%70 o -66 -74 34 5
s=%70 o 66 -74 34 5
k= r -70 -76 8 14 2
k= r 62 -76 8 14 2
M!^ M-34 -62H34Q44 -44 30 -34H-30Q-44 -44 -34 -62Z
k= c 0 -28 11
b* c 0 -28 6
k= l4 M-30 -34L-40 -6H-52M30 -34L40 -6H52
@router table .2 140 office .3 : router, wifi, wi-fi, modem, wireless network, broadband
k= l5 M-50 -30V-96M50 -30V-96
M*%80 l5 M-20 -70Q0 -86 20 -70M-34 -84Q0 -110 34 -84
M* c 0 -58 6
w!^ r -68 -34 136 34 8
*4,16,0 g* c -24 -16 4
@game_controller table .1 150 home .3 : game controller, video game, gaming, gamepad, console, video games, gamer, esports
M!^ M-44 -78H44Q74 -76 78 -24Q76 4 58 -4L34 -28H-34L-58 -4Q-76 4 -78 -24Q-74 -76 -44 -78Z
k= M-48 -66H-38V-56H-28V-46H-38V-36H-48V-46H-58V-56H-48Z
r= c 34 -64 6
y= c 48 -52 6
b= c 20 -52 6
g= c 34 -40 6
@calculator table .18 76 office .4 : calculator
k!~ r -36 -102 72 102 7
#c8dcc0* r -28 -94 56 20 3
*4,15,0 w= r -28 -66 11 10 2
*4,15,0 w= r -28 -50 11 10 2
*4,15,0 s= r -28 -34 11 10 2
*3,15,0 s= r -28 -18 11 10 2
o= r 17 -18 11 10 2
@credit_card table .06 160 studio .28 : credit card, bank card, payment card, debit card, payment, contactless, payments, fintech, checkout
M!^ r -74 -96 148 92 9
k= r -74 -80 148 18
y= r -60 -48 26 20 3
w=%80 r -60 -20 70 6 2
w=%80 c 46 -24 12
2=%80 c 58 -24 12
@cash_register table .4 130 street .38 : cash register, till, checkout counter, price tag
s^ r -50 -98 60 24 4
#c8dcc0* r -44 -92 48 12 2
M!^ M-56 -72H56L66 -24H-66Z
*5,16,0 w= r -40 -64 11 8 2
*5,16,0 w= r -42 -48 11 8 2
k^ r -70 -24 140 24 3
s= r -14 -14 28 5 2
@video_camera ground 1.6 120 stage .46 : video camera, movie camera, tv camera, camcorder, filming, news camera, cinema camera
k= l5 M0 -50L-34 0M0 -50L34 0M0 -50V0
k!^ r -44 -84 72 40 4
k= M28 -72L54 -84V-44L28 -56Z
S= c -24 -94 15
S= c 10 -96 17
r* c -36 -76 4
a= r 52 -84 6 40
@magnifier table .2 100 studio .42 : magnifying glass, magnifier, search, research, analysis, investigation, discovery
n!^ M14 -30L24 -40L54 -8Q54 4 42 4Z
a=%70 c -10 -62 36
k!= l8 M-10 -98A36 36 0 1 1 -10.1 -98
w=%80 l5 M-32 -66Q-30 -82 -14 -86
@pencil table .2 44 classroom .5 : pencil, pencils, coloured pencils, colored pencils, drawing pencil
y!= M-26 -78H-10V0H-26ZM-26 -78L-18 -100L-10 -78Z
k= M-21 -92L-18 -100L-15 -92Z
r= r -9 -72 16 72
c= M-9 -72L-1 -94L7 -72Z
r= M-4 -86L-1 -94L2 -86Z
b= r 9 -76 16 76
c= M9 -76L17 -98L25 -76Z
b= M14 -90L17 -98L20 -90Z
w=%30 r -20 -76 4 76
w=%30 r -3 -70 4 70
w=%30 r 14 -74 4 74
@fountain_pen table .15 150 office .26 : pen, fountain pen, ballpoint, signature, signing, steel pen, ink pen, two pens
M!^ M-40 -60L64 -102Q80 -100 78 -86L-26 -42Z
y= M-40 -60L-26 -42L-36 -38L-48 -54Z
s^ M-48 -54L-36 -38L-84 -20Z
k= l3 M-84 -20Q-70 4 -40 -4Q-10 -12 10 0Q30 8 60 -4
@notebook table .2 100 office .38 : notebook, notepad, diary, journal, exercise book, field notebook, sketchbook, exercise books, open notebook
M!^ r -42 -102 88 102 5
w= r 46 -98 4 94
k= r -42 -102 12 102
w= r -16 -84 48 22 3
k=%60 r -8 -76 32 3
k=%60 r -8 -69 22 3
2= r 22 -102 8 108
@clipboard table .3 80 office .46 : clipboard, checklist, questionnaire, to-do list, test paper, inspection list
n!^ r -40 -98 80 98 5
w= r -33 -88 66 82 2
s^ r -17 -104 34 16 4
*4,0,18 g= l4 M-26 -70L-21 -65L-13 -75
*4,0,18 k=%50 r -6 -72 32 5 2
@folder table .25 130 office .36 : folder, file, files, dossier, plain files, paperwork folder, records
y!- M-62 -88H-22L-12 -78H62V0H-62Z
w= r -54 -72 108 50 2
s=%70 *3,0,10 r -46 -66 80 3
y!^ M-68 -60H68L60 0H-60Z
@briefcase table .35 130 office .38 : briefcase, business case, attache case
k= l7 M-22 -76V-92Q-22 -98 -16 -98H16Q22 -98 22 -92V-76
e!^ r -62 -78 124 78 7
e!- r -62 -46 124 5
y= r -9 -52 18 15 3
w=%20 r -56 -72 112 7 3
@ruler table .1 180 classroom .2 : ruler, steel ruler
y!^ r -88 -62 176 60 4
*15,11.5,0 k= l2 M-80 -62V-42
*4,46,0 k= l2.6 M-80 -62V-30
w=%40 r -84 -12 168 5
@graduation_cap table .2 140 studio .38 : graduation cap, mortarboard, graduation, diploma, degree, graduate, scholarship, graduates, academic degree, doctorate, higher education
k!^ M-36 -58V-26Q0 -8 36 -26V-58Z
k!+ M0 -98L78 -64L0 -34L-78 -64Z
y= l4 M0 -66L56 -58V-22
y= M50 -26H62L66 2H46Z
@newspaper table .3 130 street .38 : newspaper, press, headline, journalism, newspapers, news, gazette, article, media, folded newspaper, broadsheet, front page
w!- M-56 -88L58 -100L64 -6L-50 2Z
w!^ r -62 -96 116 94 3
k= r -54 -88 100 12 1
b= r -54 -70 46 34
*6,0,8 s= r 0 -68 46 4
*3,0,8 s= r -54 -30 46 4
*2,0,8 s= r 0 -20 46 4
@map table .3 150 studio .34 : map, road map, treasure map, folded map, rolled charts, chart of the sea, atlas, navigation map, cartography, geography map, sea chart, star charts, rolled chart
c!+ M-72 -88L-24 -100V-12L-72 0Z
c!- M-24 -100L24 -88V0L-24 -12Z
c!^ M24 -88L72 -100V-12L24 0Z
g=%70 M-62 -50Q-50 -74 -34 -62Q-30 -40 -50 -32ZM-10 -70Q10 -80 14 -56Q0 -44 -10 -52Z
b=%60 M30 -40Q50 -60 68 -46V-20Q46 -10 30 -20Z
r= l3 M-56 -20L-30 -34L-6 -30L18 -56L44 -64
r~ M44 -64Q28 -86 44 -94Q60 -86 44 -64Z
@map_pin emblem 1 70 studio .5 : map pin, location pin, destination, location, gps, waypoint, address, satellite navigation
k=%30 o 0 -2 26 5
r!~ M0 0Q-36 -50 -34 -70Q-30 -102 0 -102Q30 -102 34 -70Q36 -50 0 0Z
w= c 0 -70 14
@passport table .15 84 studio .42 : passport, visa, border control, immigration, travel document, identity card, id card, identity
w= M-30 -104H36V-40H-30Z
r= r -24 -98 30 5
#6d2038!^ r -40 -92 80 92 6
y= l3 M0 -38A18 18 0 1 1 0.1 -38M-18 -56H18M0 -74Q-12 -56 0 -38Q12 -56 0 -74
y= r -22 -24 44 5 2
@parcel table .35 120 warehouse .36 : parcel, package, box, cardboard box, parcels, delivery, boxes, carton, shipment, plain parcels, packaging, moving boxes
#c49a66!^ r -54 -76 108 76 2
#c49a66!+ M-54 -76L-40 -92H40L54 -76Z
w=%70 r -10 -76 20 76
#c49a66!_ M-10 -92H10L12 -76H-12Z
w= r 22 -28 24 18 1
@paper_plane air .2 170 sky .3 : paper plane, paper aeroplane, paper airplane
w!+ M-84 -60L90 -100L-20 -44Z
w!_ M-20 -44L90 -100L-24 -10Z
w!- M-20 -44L90 -100L30 -4Z
@paper_boat water .3 170 lake .3 : paper boat, paper ship, folded paper ship, paper boats
w!- M-40 -44L0 -100L40 -44Z
w!+ M0 -100L40 -44L0 -40Z
w!^ M-90 -58L-30 -44H30L90 -58L54 2H-54Z
w!_ M-30 -44L0 -6L30 -44Z
@sticky_notes table .1 120 office .36 : sticky note, sticky notes, post-it, post-it notes, kanban, brainstorm board
y!= M-58 -100H-4V-46H-58Z
p= M4 -100H58V-46H4Z
a= M-58 -40H-4V2L-58 2Z
#a8d88a= M4 -40H58V2H4Z
k=%40 l3 M-48 -84H-16M-48 -74H-24M14 -84H46M14 -74H38M-48 -24H-16M14 -24H46
@whiteboard ground 1.8 150 office .44 : whiteboard, flip chart, flipchart, presentation, slide deck, business plan, plan
s= l5 M-40 -10L-50 0M40 -10L50 0
s^ r -74 -100 148 92 3
w* r -68 -95 136 80 1
M= l4 M-54 -34L-30 -54L-8 -44L20 -74
r= c 42 -64 15
b= r -54 -84 42 6
k=%40 r 6 -36 50 4
k=%40 r 6 -28 36 4
@speech_bubbles emblem 1 150 studio .44 : speech bubble, speech bubbles, dialogue, conversation, chat, discussion, debate, feedback, communication, comment, survey results, language, languages, translation, interview, negotiation, negotiations, talks, opinion
M!^ M-70 -98H20Q30 -98 30 -88V-54Q30 -44 20 -44H-34L-54 -26V-44H-70Q-78 -44 -78 -54V-88Q-78 -98 -70 -98Z
*3,20,0 w= c -44 -71 6
2^ M-10 -58H66Q76 -58 76 -48V-18Q76 -8 66 -8H56V8L38 -8H-10Q-20 -8 -20 -18V-48Q-20 -58 -10 -58Z
w=%80 r -6 -44 68 6 3
w=%80 r -6 -30 46 6 3
@ballot_box table .5 110 studio .46 : ballot box, election, vote, voting, ballot, referendum, democracy, elections, voter, voters, polling, poll, voting booth, candidate
w+ M-20 -104L24 -100L20 -58L-24 -62Z
g= l4 M-10 -86L-3 -78L10 -94
k= r -32 -64 64 6 2
b!^ r -50 -62 100 62 4
b!_ r -50 -62 100 8
w=%80 r -24 -40 48 28 2
b= l4 M-10 -26L-3 -19L10 -34
@gavel table .3 150 studio .36 : gavel, court, judge's gavel, courtroom, trial, auction, sentence of a court, legal case, legal dispute, wooden gavel, verdict of a court, tribunal, lawsuit
n^ M-8 -54L80 -12L74 0L-14 -40Z
#8a5230!^ M-50 -62L-10 -104L22 -74L-20 -32Z
y= M-42 -70L-34 -78L-4 -48L-12 -40ZM-18 -96L-10 -104L22 -74L14 -66Z
#8a5230^ M-84 -8H-4V4H-84Z
#8a5230- M-74 -18H-14V-8H-74Z
@syringe table .15 170 laboratory .24 : syringe, vaccination, injection, booster shot, immunisation, immunization
s= l3 M-96 -24L-60 -40
a~%80 M-64 -50L40 -96L52 -70L-52 -24Z
b!= M-64 -50L-8 -75L4 -48L-52 -24Z
k=%40 l2 M-40 -56L-34 -44M-24 -63L-18 -51M-8 -70L-2 -58M8 -77L14 -65
S^ M40 -98L46 -100L60 -68L54 -66Z
S= l6 M50 -84L80 -98M74 -108L86 -86
@thermometer table .2 40 studio .54 : thermometer, temperature, heatwave, heat wave, fever, heat
w~ M-11 -92Q-11 -104 0 -104Q11 -104 11 -92V-34Q20 -26 20 -16Q18 4 0 4Q-18 4 -20 -16Q-20 -26 -11 -34Z
r!* c 0 -14 13
r!* r -4.5 -74 9 60 4
*6,0,11 k= l2 M11 -88H4
@plaster table .05 150 studio .26 : plaster
r!^ r -54 -78 108 78 9
r!= l7 M-20 -78V-94H20V-78
w= M-9 -64H9V-48H25V-30H9V-14H-9V-30H-25V-48H-9Z
@hospital_bed ground 1 190 hospital .3 : hospital bed, patient's bed, intensive care, operating table, hospital beds
s= l5 M-84 -6V-70M84 -6V-44
w^ M-84 -44H84V-22H-84Z
b!^ M-30 -52H84V-24H-30Z
w+ M-80 -62Q-60 -72 -34 -60L-30 -46H-80Z
s= r -88 -22 176 6 2
*2,150,0 k= c -76 -6 7
s= l3 M60 -100V-20M60 -100H78
a= r 72 -98 13 22 4
@wheelchair ground 1 100 hospital .44 : wheelchair, accessibility, disability, wheelchairs, disabled
M!^ r -30 -56 52 10 4
M!^ r -34 -96 10 46 4
s= l5 M-30 -98H-46M22 -50L36 -10H50
k= l6 M-12 -60A30 30 0 1 1 -12.1 -60
s=%80 l1.4 M-12 -60V0M-42 -30H18M-33 -51L9 -9M9 -51L-33 -9
k= c 40 -7 8
s= c -12 -30 5
@crutches table 1.3 70 hospital .5 : crutch, crutches
n!= l5 M-30 0L-14 -66L-26 -100H-6L-14 -66M30 0L14 -66L26 -100H6L14 -66
k= r -30 -104 28 7 3
k= r 2 -104 28 7 3
@tooth emblem .3 84 studio .42 : tooth, teeth, dental, dentistry
w!~ M-38 -74Q-40 -100 -16 -98Q0 -90 16 -98Q40 -100 38 -74Q36 -50 26 -38Q22 2 12 2Q4 0 0 -30Q-4 0 -12 2Q-22 2 -26 -38Q-36 -50 -38 -74Z
a=%60 M-28 -76Q-28 -88 -16 -86Q-24 -76 -22 -60Q-28 -66 -28 -76Z
@brain emblem 1 120 studio .46 : brain, mind, neuroscience, neurology, psychology, mental health, intelligence, cognition, dementia, brain scan, thinking, intellect, consciousness, psychologist
p!~ M0 -96Q-26 -104 -38 -86Q-60 -82 -56 -58Q-66 -38 -48 -24Q-42 -4 -18 -8Q-8 0 0 -8Q8 0 18 -8Q42 -4 48 -24Q66 -38 56 -58Q60 -82 38 -86Q26 -104 0 -96Z
#b8607a= l3.4 M0 -94V-10M-18 -88Q-30 -74 -16 -66M-44 -74Q-30 -62 -42 -52M-22 -50Q-8 -44 -20 -34M-40 -34Q-28 -30 -30 -18M18 -88Q30 -74 16 -66M44 -74Q30 -62 42 -52M22 -50Q8 -44 20 -34M40 -34Q28 -30 30 -18
@lungs emblem 1 110 studio .46 : lung, lungs, respiration, breathing, breath
s= l7 M0 -102V-70L-14 -56M0 -70L14 -56
p!^ M-10 -66Q-14 -90 -28 -88Q-52 -60 -52 -14Q-50 4 -28 -6Q-8 -16 -8 -40Z
p!- M10 -66Q14 -90 28 -88Q52 -60 52 -14Q50 4 28 -6Q8 -16 8 -40Z
w=%60 l2 M-14 -56Q-30 -44 -34 -22M-20 -50L-38 -48M14 -56Q30 -44 34 -22M20 -50L38 -48
@eye emblem .5 160 studio .34 : human eye, eyesight, optician, vision, eyes of a watcher, ophthalmology, surveillance
w= M-78 -50Q0 -120 78 -50Q0 14 -78 -50Z
M!~ c 0 -50 32
k= c 0 -50 15
w= c 9 -60 6
k= l5 M-78 -50Q0 -120 78 -50
@hand emblem .4 80 studio .46 : palm of a hand, open palm, helping hand, help, support, care, open hand, donation, solidarity, caregiving, volunteering, charity work, aid, humanitarian aid
#e5b08c!~ M-24 -2V-30Q-44 -52 -42 -60Q-36 -66 -26 -52V-92Q-22 -100 -15 -92V-56L-12 -98Q-7 -106 -2 -98V-56L4 -96Q9 -104 14 -95L12 -54L20 -84Q26 -90 30 -82Q28 -44 20 -24V-2Z
M= r -28 -14 52 16 3
@bone table .3 150 studio .24 : bone, bones, orthopaedic, dinosaur bone
c!^ M-50 -42H50Q46 -66 64 -66Q80 -62 76 -48Q90 -42 82 -28Q70 -12 52 -24H-52Q-70 -12 -82 -28Q-90 -42 -76 -48Q-80 -62 -64 -66Q-46 -66 -50 -42Z
@blood_drop emblem .5 70 studio .46 : blood, blood donation, blood drop, blood donor, drop of blood, blood test
r!~ M0 -104Q36 -50 34 -30Q30 2 0 2Q-30 2 -34 -30Q-36 -50 0 -104Z
w=%50 M-18 -34Q-18 -50 -8 -62Q-12 -44 -10 -24Q-16 -26 -18 -34Z
@water_drop < blood_drop #4aa3d4 : water drop, drop, droplet, raindrop, single drop, drop of water, dew, drops of water, water, clean water, drinking water, raindrops, falling drop
@virus emblem .5 110 studio .46 : virus, bacteria, bacterium, pathogen, germ, germs, infection, coronavirus, covid, microbe, microbes, pandemic, flu, influenza, epidemic, outbreak
g!= l5 M0 -104V0M-52 -50H52M-37 -87L37 -13M37 -87L-37 -13
g!= c 0 -104 7
g!= c 0 0 7
g!= c -54 -50 7
g!= c 54 -50 7
g!= c -40 -90 7
g!= c 40 -90 7
g!= c -40 -10 7
g!= c 40 -10 7
g!~ c 0 -50 36
G= c -12 -60 8
G= c 14 -44 10
G= c -8 -34 6
@cell emblem .5 130 studio .42 : cell, stem cell, cells, molecular biology, stem cells, biology, bioscience, translucent cells
#a8d8d0!~ M-62 -52Q-60 -96 -8 -98Q58 -98 64 -50Q60 0 4 2Q-58 0 -62 -52Z
w=%50 M-52 -52Q-50 -86 -8 -88Q48 -88 54 -50Q50 -10 4 -8Q-48 -10 -52 -52Z
u~ c 4 -48 24
p= c 10 -54 9
o= o -34 -66 11 6
g= o 38 -76 9 5
o= o -28 -24 10 6
g= o 34 -20 10 6
@test_tubes table .2 110 laboratory .38 : test tube, test tubes, sample tubes, blood samples, laboratory samples
n^ r -56 -58 112 10 2
n^ r -56 -6 112 8 2
*4,26,0 a~%80 M-47 -100H-31V-14Q-39 -2 -47 -14Z
r= M-46 -60H-32V-14Q-39 -4 -46 -14Z
y= M-20 -70H-6V-14Q-13 -4 -20 -14Z
b= M6 -54H20V-14Q13 -4 6 -14Z
g= M32 -66H46V-14Q39 -4 32 -14Z
n= r -56 -58 112 5 2
@petri_dish table .05 170 laboratory .22 : petri dish, petri dishes, glass dishes, culture dish, agar
a^%90 M-80 -44V-20Q-70 4 0 4Q70 4 80 -20V-44Z
#f0d8b8= o 0 -44 80 26
w=%50 o 0 -44 68 20
r= o -26 -48 9 5
g= o 14 -54 12 6
r= o 30 -36 8 5
u= o -6 -34 10 5
@magnet emblem .3 90 studio .42 : magnet, magnetism, magnetic, magnetic field, attraction
r!= l26 M-30 -66V-34Q-28 -12 0 -12Q28 -12 30 -34V-66
s= r -43 -96 26 26
s= r 17 -96 26 26
y= l3 M-52 -104L-60 -112M52 -104L60 -112
@prism table .2 150 studio .34 : prism, prisms, glass prism, spectrum, refraction, beams of coloured light
w*%80 l4 M-80 -30L-18 -48
a+%90 M0 -96L50 -6H-50Z
w=%50 M0 -96L50 -6L8 -20Z
r* M18 -60L84 -70V-62Z
y* M20 -56L84 -60V-52Z
g* M22 -52L84 -50V-42Z
b* M24 -48L84 -40V-32Z
u* M26 -44L84 -30V-22Z
@crystals table .15 120 studio .36 : crystal, crystals, quartz, gemstone, gemstones, gem, gems, salt crystals, amethyst, raw crystals
u!+ M-8 0L-26 -64L-4 -100L16 -66L10 0Z
u!- M10 0L16 -66L-4 -100L2 -30Z
#9a6ac4^ M-20 0L-60 -38L-58 -64L-36 -56L-8 0Z
#9a6ac4- M14 0L34 -56L58 -70L60 -40L30 0Z
w=%40 M-18 -60L-6 -88L-8 -40Z
""".replace("s=%80 *3,0,10 r", "*3,0,10 s=%80 r")
    .replace("s=%80 *3,0,9 r", "*3,0,9 s=%80 r")
    .replace("s=%70 *3,0,10 r", "*3,0,10 s=%70 r")
)
