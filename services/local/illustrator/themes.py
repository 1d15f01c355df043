"""Ideas rather than things: nouns, in dictionary form, that are drawn only where a prompt names nothing concrete."""

from __future__ import annotations

_LISTED = (
    "accuracy, achievement, advertising, advocacy, agreement, ai, aim, announcement, annual plan, app, "
    "artificial intelligence, astronomy, audience, audit, automation, baking, biodiversity, biotech, "
    "biotechnology, blockchain, bloom, budget, camp, campaign, champion, charity, chemical, chemistry, climate, "
    "climate change, code, coding, collaboration, community, compassion, compliance, confidential, connectivity, "
    "creativity, cuisine, customer, cybersecurity, data flow, data protection, deadline, defence, defense, "
    "direction, drama, earning, economic growth, efficiency, encrypted, encryption, engineering, environment, "
    "equality, equity, ethic, excellence, experiment, fairness, figure, finance, flour, food, forecast, funding, "
    "gdp, gdpr, gene, genetic, genetics, global, global warming, globalisation, globalization, goal, "
    "growing sale, growth, guidance, health, healthcare, heart, heartbeat, holiday, housing, human, human right, "
    "idea, increase, individual, industry, inflation, innovation, insight, inspiration, insurance, integration, "
    "interconnected, interest rate, international, internet, investment, iot, justice, key, kindness, kpi, law, "
    "leadership, legal, legislation, literature, love, machine, machine learning, marketing, meal, mechanism, "
    "melody, merger, messaging, milestone, mortgage, music, navigation, nuclear, objective, optimisation, "
    "optimization, orientation, painting, partnership, passage of time, patience, performance figure, "
    "photography, physic, physics, planning, plant, policy, precision, price, privacy, problem solving, process, "
    "process improvement, productivity, profit, promotion, protection, punctuality, purchase, quantum, quarter, "
    "quarterly, reading, real estate, regulation, retail, revenue, risk management, roadmap, safety, sale, "
    "saving, schedule, screen, security, seed, shipping, shopping, silhouette, social media, software, solar, "
    "solution, song, statistic, story, storytelling, strategy, success, supply chain, sustainability, tax, "
    "teamwork, telecommunication, time, time management, tourism, travel, trust, upward trend, vacation, value, "
    "victory, warranty, watch face, wealth, wellbeing, winning, world, worldwide"
)

THEMES = frozenset(_LISTED.split(", "))
