"""Glosses of words with several senses: first the one that the word's drawing shows, then the others."""

# ruff: noqa: E501 - the glosses of a word stay on one line

from __future__ import annotations

from dataclasses import dataclass

# word: what its drawing shows | another sense | another sense that has its own drawing -> that drawing
_LISTED = """\
seal: seals, sea animals on rocks or ice | a wax seal or a seal of approval on a document | an airtight rubber seal
crane: a tall construction crane lifting loads over a building site or port | a crane, a wading bird with long legs in a marsh
mouse: a mouse, a small furry rodent | a computer mouse on a desk
bow: a bow and arrow in archery | the bow of a ship | a bow of ribbon on a gift | the bow of a violin
pitch: a sports pitch | a sales pitch to investors | the pitch of a sound
palm: a palm tree on a tropical beach | the palm of a hand
bat: bats, animals flying at night from a cave | a cricket or baseball bat
bolt: a metal bolt and screws | a bolt of lightning in a storm -> lightning | to bolt away
trunk: a tree trunk in a forest | the trunk of an elephant | a trunk with luggage
plug: an electric plug in a power socket | a plug of clay or rock | to plug a gap or a leak
cast: a plaster cast on a broken leg | the cast of actors in a play or film | cast iron metal
pen: a pen for writing and signing | a pen for cattle, sheep or pigs
cell: a living cell in biology under a microscope | a prison cell | a battery or fuel cell | a storm cell
net: a fishing net full of fish | the net on a tennis or volleyball court | the goal net in football | net profit, net zero
racket: a tennis racket | a noise | a criminal racket
court: a court of law with a judge | a tennis or basketball court | a royal court
match: a match that lights a fire | a football or tennis match in a stadium
tie: a necktie worn with a shirt | a tie or draw in a game | family ties
watch: a wristwatch that tells the time | to watch, look at something | to keep watch at night
record: a vinyl record on a turntable | a record high, a record number | medical records
recorder: a recorder, woodwind instrument | a data recorder device
stable: a stable for horses on a farm | stable prices, steady
organ: a human organ for transplant | a church organ instrument
python: a python snake | the Python programming language
bulb: a glowing electric light bulb | a tulip or onion bulb in the soil
drum: drums, musical instruments in a band | an oil drum, barrel -> barrel | to drum with fingers | the drum of a machine
mask: a theatre or carnival mask | a surgical face mask | an oxygen or diving mask
chip: a computer chip, semiconductor | potato chips, crisps | wood chips
shell: a seashell on the beach | the shell of an egg or nut | a shell company | a building's bare shell
plant: a green plant in a pot or soil | a factory or power plant -> factory | plants in the wild
ring: a ring of gold on a finger | a boxing ring | a ring road around a city | a ring around a planet | rings on water
chest: a wooden treasure chest | the chest of the human body
virus: a virus that infects people, disease | a computer virus, malware
cloud: a cloud in the sky | cloud computing and data storage | a cloud of dust or smoke
table: a table with chairs in a room | a league table | a table of numbers
turkey: a turkey, large farm bird | the country Turkey
nut: nuts to eat, walnuts and almonds | a metal nut and bolt
horn: a brass horn in a band | the horn of an animal | a car horn
bed: a bed to sleep in, in a bedroom | a flower bed or vegetable bed in a garden | the bed of a river or sea
leaf: a green leaf of a tree | a leaf of paper in a book
web: a spider's web | the web, internet | a web of connections
bar: a gold bar | a bar with drinks | a bar in a chart
key: a key to a house or door, its teeth and its ring | a key on a piano or keyboard | key points, important
book: a book to read | to book a flight or hotel | a company's books, accounts
log: logs of wood, firewood | a log file or logbook
star: stars in the night sky | a film star or football star | a star rating
press: newspapers and journalists | a printing press machine | to press a button
nail: iron nails and a hammer | finger nails
model: a model for fashion | a language model or data model
tablet: a tablet computer with a touch screen | a pill to swallow -> medicine | a stone tablet
iron: an electric iron for clothes | iron metal or ore
box: a cardboard box, parcel | a ballot box | a witness box | a box in a theatre
anchor: a ship's iron anchor | a news anchor on television
chain: an iron chain with links | a chain of shops or hotels | a mountain chain | a supply chain
jam: a jar of fruit jam | a traffic jam | to jam a signal | a jam session
pie: a baked pie to eat | a pie chart
toast: a slice of toasted bread | a toast with glasses raised
fork: a fork for eating, cutlery | a fork in the road or river
drill: an electric drill, power tool | a fire drill, exercise | to drill into rock or ice
thread: a spool of sewing thread | a thread of a conversation or path | a thin thread of light
yarn: a ball of yarn for knitting | a sailor's yarn, story
wool: wool for knitting | sheep with wool
jersey: a sports jersey, shirt | New Jersey, the island Jersey
suit: a suit jacket to wear | a lawsuit in court | a space suit or diving suit | a protective suit
coat: a warm coat to wear | a coat of paint | an animal's coat of fur
cap: a cap worn on the head | a cap or limit on prices | an ice cap | a bottle cap
hat: a hat worn on the head | a hat-trick in football
boot: boots to wear for hiking | the boot of a car | to boot a computer
trainer: trainers, sports shoes | a trainer, person who coaches
shade: sunglasses | the shade of a tree | a shade of colour | window shades
weight: weights for training in a gym | body weight | weight of a load
mat: a yoga mat | a door mat
goal: a football goal | a goal, an aim to reach
whistle: a referee's whistle | the wind whistling | a whistleblower
speaker: a loudspeaker for music | a person who gives a speech -> person:speaker
console: a game console | the control console in a cockpit
receiver: a telephone receiver | a radio receiver | a person who receives
circuit: an electronic circuit board | a racing circuit | a judicial circuit
till: a shop's cash register | to till the soil
lens: a magnifying lens | a camera lens | seen through the lens of history
charcoal: a charcoal pencil for drawing | charcoal for a fire or grill | charcoal grey
ruler: a ruler for measuring | a king who rules
case: a briefcase for business | a court case | a case of a disease
file: a folder of paper files | a computer file | a metal file, tool
ticket: a paper ticket for travel | a parking ticket | a lottery ticket
needle: a syringe needle for injection | pine needles | a sewing needle | the needle of a compass
plaster: a plaster on a wound | plaster on a wall
brain: the human brain | brains behind an idea
eye: a human eye | the eye of a storm | eyes that look, face
hand: an open hand helping | hands at work | the hands of a clock | farm hands
bone: bones of a skeleton, fossil | bone china
crystal: quartz crystals, minerals | crystal clear water | a crystal glass
cab: a taxi cab in a city | the cab of a truck or crane
caravan: a camper van for holidays | a caravan of camels -> camel
pallet: a wooden pallet with a forklift in a warehouse | a painter's palette
cradle: a cradle with a baby | the cradle of civilisation
carriage: a cart pulled by horses | a train carriage | a baby carriage
pilot: a pilot with an aircraft | a pilot project, a test
tower: a tall tower | a tower of books or blocks | a tower block
store: a shop | to store things | a store of food
well: a stone well with water | well, in a good way | an oil well
bust: a marble bust, sculpture | a bust, failure | the chest of a woman
arch: a stone arch, gateway | the arch of a foot | an arch of a bridge
gate: a gate in a wall or garden | an airport gate | a sluice gate
fence: a fence around a garden or field | to fence with swords
sign: a road sign, signpost | a sign of something to come | sign language
window: a window in a wall | a window of time, opportunity | a window on a screen
step: stairs with steps | dance steps, steps in a process | footsteps
seat: a seat, chair | a seat in parliament | a car seat
lamp: a lamp that lights a room | street lamps at night -> street lamp
bath: a bathtub | a bird bath | the city of Bath
kite: a paper kite flying on a string | a kite, a bird of prey
block: wooden toy blocks | a city block | blocks of ice or stone | a block of flats
brick: toy bricks | a brick wall, bricks of a house

wreath: a laurel or floral wreath | wreaths of smoke
fire: a burning fire with flames | to fire, dismiss an employee | to fire a gun | fire in the eyes
wave: a big breaking wave in the sea | to wave a hand | a heat wave | a wave of protest | sound waves, radio waves
arrow: an arrow pointing up | a bow and arrow
nest: a bird's nest with eggs | an empty nest, home
peak: a mountain peak | peak prices, a peak in demand
stone: stones and pebbles | a stone wall or stone building | a precious stone | a stone fruit
rock: rocks and boulders on the ground | rock music
bin: a rubbish bin | to bin something
scale: brass scales, a balance that weighs | the scale of a map or problem | fish scales
balance: a balance scale | a balance between things, equilibrium
kid: a child, boy or girl | a young goat
mule: a mule, animal like a donkey | mule shoes
duck: a duck on a pond | to duck under a rope
turtle: a turtle, sea animal | a turtleneck sweater
rook: a rook, black bird | a rook in chess
robin: a robin, small bird | a person named Robin
jay: a jay, colourful bird | a person named Jay
rose: a rose, red flower | prices rose, went up
lily: a lily, white flower | a person named Lily
poppy: a red poppy flower | poppy seeds on bread
bush: a green bush, shrub | the Australian bush | President Bush
straw: straw and hay on a farm | a drinking straw
ray: a stingray in the sea | rays of light, X-rays
fly: a fly, insect | to fly in the air
cricket: a cricket match with bat and ball | a cricket, insect
swift: a swift, bird flying | swift, quick
swallow: a swallow, bird | to swallow food
calf: a calf with a cow | the calf of a leg
bull: a bull, farm animal | a bull market
coach: a coach, bus | a sports coach who trains a team -> person:teacher
plane: an aeroplane in the sky | a plane, tool for wood | a geometric plane, flat surface
jet: a jet aircraft | a jet of water or gas
balloon: a hot-air balloon in the sky | party balloons, children's balloons -> party balloons | to balloon, grow
rocket: a rocket launched into space | rocket salad leaves | to rocket, rise quickly
shoot: a young shoot of a plant | a photo shoot | to shoot a film or gun
seed: a seed growing into a plant | seed funding for a start-up | seeds on bread
camp: a camp with tents | a training camp | a political camp
stall: a market stall with goods | to stall, stop
bench: a park bench outdoors | a bench in a workshop or laboratory, workbench where people work | the judge's bench | the substitutes' bench
cup: a cup of coffee or tea | a cup to win, the cup final, a trophy in a stadium -> trophy | a measuring cup of flour
dish: a plate of food | a satellite dish | a glass dish in a laboratory -> petri dish
plate: a plate with a meal | a number plate | tectonic plates | a metal plate, printing plate
bottle: a wine bottle | a plastic water bottle for sport -> thermos | a gas bottle
mill: a factory with chimneys | a windmill in the countryside -> windmill | a pepper mill | a treadmill
mobile: a mobile phone | mobile, able to move
screen: a computer screen | to screen patients, medical screening | a cinema screen | a folding screen
terminal: a computer terminal | an airport terminal | a container terminal in a port | a terminal illness
monitor: a computer monitor | to monitor, observe | a monitor lizard
graph: a chart with bars and lines | a social graph
report: a printed report, document | reports say, to report
lock: a padlock | a lock on a canal | a lock of hair
shield: a shield for protection | to shield somebody
gear: gears of a machine, cogwheels | sports gear, equipment | hiking gear and clothes
server: a computer server in a data centre | a waiter
clock: a clock on the wall | to clock in at work
capsule: a pill, medicine | a space capsule | a time capsule
earth: the planet Earth, the whole world | earth, soil, the ground in a garden or in a hand
globe: a globe of the earth, a school globe | a glass globe that holds something inside -> crystal ball | around the globe
planet: a planet in space | the planet, our earth
target: a target with arrows, dartboard | a target to reach, plan | target group
letter: a letter in an envelope | letters of the alphabet
canvas: a painter's canvas on an easel | canvas cloth of a tent or shoe
ball: a football, a ball in a game of sport | a ball, dance | a ball of wool or dough
gift: a wrapped gift with a ribbon | a gift, talent
present: a wrapped present with a ribbon | the present, now
flag: a flag on a pole | to flag a problem
figure: a person standing | figures, numbers | a figure in a table
patient: a patient in hospital with a doctor | patient, waiting calmly
guide: a guide who leads tourists | a guide book, a guide to something
judge: a judge in a court | to judge something
host: a person who hosts | to host a web site
frame: a picture frame on a wall | the frame of a house, a timber frame | the frame of a bicycle | filling the frame of the photograph
light: a lamp | light, brightness
lead: the metal lead | the leading actor
pan: a cooking pan | to pan gold
pot: a cooking pot on the stove | a flower pot, terracotta pots in a garden -> flower pot | a pot of paint
jug: a jug for water | a jug handle
bowl: a bowl for food | a sports stadium bowl | to bowl in cricket
glass: a drinking glass, a glass of water or juice | a pair of glasses to read with, eyeglasses -> eyeglasses | glass, the material of windows | a magnifying glass
barrel: a wooden barrel of wine or beer | a barrel of oil, price | the barrel of a gun
grain: grain, ears of wheat | film grain, wood grain, texture | grains of sand or salt
date: a date fruit | a date in the calendar
pod: pea pods | a pod of whales | a capsule, pod
squash: a squash, pumpkin | squash, the sport
beet: beetroot, vegetable | sugar beet field
mint: mint leaves, herb | a mint for coins | mint green
basket: a wicker basket | a basketball basket
tray: a kitchen tray | a tray in a laboratory
reed: reeds in shallow water at the edge of a lake | the reed of an accordion, clarinet or other instrument
spring: spring season | a metal spring | a spring of water
rib: ribs of meat | the ribs of a boat or body | ribbed
team: colleagues at work in an office, a project team | a sports team, athletes in a match in a stadium -> person:runner | a small team of people outdoors, friends looking at a landscape -> group | a rescue team or medical team, a team of helpers -> group
player: football players on a pitch in a match, sport | players of string instruments on a stage, an orchestra, a trumpet or piano player | players bent over a board or cards, chess players, table tennis -> person: | a record player
radio: a radio set | radio waves in science, a radio telescope
keyboard: a computer keyboard | a piano keyboard
silo: a silo on a farm | working in silos
hoe: a hoe for the garden | a backhoe
map: a paper map for navigation | a map of genes, to map something
tank: a fish tank | an army tank | a water tank
tooth: a tooth, dentist | the teeth of a key, saw or comb
heart: a human heart | in the heart of the city | heart, love
blood: blood donation | bloodline
drop: a drop of water | a drop in prices | drop-off
flash: a flash of lightning | the flash of a camera | flash sale
frost: frost and snowflakes | frosted glass | cake frosting
worm: an earthworm | a computer worm
snail: a snail | snail mail
apple: an apple, fruit | Apple, the computer company
orange: an orange, fruit | the colour orange
kiwi: a kiwi fruit | a kiwi, bird
train: a train on a railway | to train, practise
van: a delivery van | the van Gogh name
saw: a saw, tool for cutting wood | saw, looked at
rake: a garden rake | to rake in money
timber: planks of timber | a timber frame house | standing timber, forest trees
shelf: a shelf with books at home | shelves in a shop, warehouse or bakery | an ice shelf
ladder: a ladder against a wall | a career ladder | the property ladder
rope: a coil of rope | to rope in somebody
bag: a shopping bag with purchases, paper bags in a shop | bags of travellers, luggage on a journey at a station -> travel bag | a bag of flour, sugar or coffee | a handbag worn by a woman -> handbag
driver: a driver of a car, bus or train, traffic | a software driver | a driver of growth or change
guard: a guard in uniform | to guard against something
officer: a police officer in uniform | a company officer, chief executive
conductor: a conductor who leads an orchestra | a train conductor with tickets | an electrical conductor
king: a king with a crown on a throne | a king-size bed, the king of something
queen: a queen with a crown on a throne | a queen bee in a hive | the queen of something
branch: a branch of a tree with twigs | a branch of a bank or shop, branch office | a branch of science
root: roots of a tree in the soil | the root of a problem, root cause | to root for a team
wheel: the wheel of a bicycle | a steering wheel or ferris wheel | a wheel of cheese | a potter's wheel
torch: a torch, flashlight in the dark | a burning torch, olympic flame
pipe: a steel pipe for water or gas | a pipe to smoke | the pipe of an organ
boxer: a boxer with gloves in the ring | a boxer dog
rider: a rider on a horse | a rider on a bicycle or motorbike | a rider, passenger of a bus or tram
captain: the captain of a ship | the captain of a sports team -> person:runner
carp: a carp, fish in a pond | to carp, complain
cushion: a cushion on a sofa | a financial cushion
comet: a comet in the night sky | a product or team named Comet
roof: the roofs of houses | a roof over one's head, home | the roof of the mouth
turbine: a wind turbine turning on a hill | a turbine in a power plant, a river or the tide | the turbine of a jet engine
tunnel: a tunnel for trains or cars | tunnel vision
mustard: mustard, a sauce | mustard yellow colour
spice: spices in a market, ground spices | to spice up, add interest
poster: a poster on a wall | a poster child
route: a map with a route | a trade route, bus route
"""


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a word can mean: words that say it, and the drawing for it, "" for the word's own, None where there is none.

    `role` is the role of a drawn person.
    """

    text: str
    drawing: str | None
    role: str = ""


def _gloss(entry: str, first: bool) -> Gloss:
    text, _, target = entry.strip().partition(" -> ")
    drawing, _, role = target.partition(":")
    return Gloss(text, drawing or ("" if first else None), role)


def _read(listed: str) -> dict[str, tuple[Gloss, ...]]:
    rows = (line.split(": ", 1) for line in listed.strip().splitlines() if line)
    return {word: tuple(_gloss(entry, not i) for i, entry in enumerate(entries.split("|"))) for word, entries in rows}


GLOSSES = _read(_LISTED)
