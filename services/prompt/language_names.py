"""English names of languages by their ISO 639 code; what a text model can be asked to write in."""

from __future__ import annotations

from collections.abc import Mapping

_ROWS = """
af Afrikaans;ak Akan;am Amharic;ar Arabic;as Assamese;az Azerbaijani;ba Bashkir;be Belarusian;bg Bulgarian;bm Bambara
bn Bengali;bo Tibetan;br Breton;bs Bosnian;ca Catalan;ceb Cebuano;ckb Central Kurdish;co Corsican;cs Czech;cv Chuvash
cy Welsh;da Danish;de German;dv Divehi;dz Dzongkha;ee Ewe;el Greek;en English;eo Esperanto;es Spanish;et Estonian
eu Basque;fa Persian;ff Fulah;fi Finnish;fil Filipino;fj Fijian;fo Faroese;fr French;fur Friulian;fy Western Frisian
ga Irish;gd Scottish Gaelic;gl Galician;gn Guarani;gsw Swiss German;gu Gujarati;gv Manx;ha Hausa;haw Hawaiian;he Hebrew
hi Hindi;hr Croatian;hsb Upper Sorbian;ht Haitian Creole;hu Hungarian;hy Armenian;ia Interlingua;id Indonesian;ig Igbo
is Icelandic;it Italian;iu Inuktitut;ja Japanese;jv Javanese;ka Georgian;kk Kazakh;kl Kalaallisut;km Khmer;kn Kannada
ko Korean;ks Kashmiri;ku Kurdish;kw Cornish;ky Kyrgyz;la Latin;lb Luxembourgish;lg Ganda;li Limburgish;ln Lingala;lo Lao
lt Lithuanian;lv Latvian;mg Malagasy;mi Maori;mk Macedonian;ml Malayalam;mn Mongolian;mr Marathi;ms Malay;mt Maltese
my Burmese;nb Norwegian Bokmål;nds Low German;ne Nepali;nl Dutch;nn Norwegian Nynorsk;no Norwegian;nso Northern Sotho
nv Navajo;ny Chichewa;oc Occitan;om Oromo;or Odia;os Ossetian;pa Punjabi;pl Polish;ps Pashto;pt Portuguese;qu Quechua
rm Romansh;rn Rundi;ro Romanian;ru Russian;rw Kinyarwanda;sa Sanskrit;sc Sardinian;sd Sindhi;se Northern Sami;sg Sango
si Sinhala;sk Slovak;sl Slovenian;sm Samoan;sn Shona;so Somali;sq Albanian;sr Serbian;ss Swati;st Southern Sotho
su Sundanese;sv Swedish;sw Swahili;ta Tamil;te Telugu;tg Tajik;th Thai;ti Tigrinya;tk Turkmen;tl Tagalog;tn Tswana
to Tongan;tr Turkish;ts Tsonga;tt Tatar;ty Tahitian;ug Uyghur;uk Ukrainian;ur Urdu;uz Uzbek;ve Venda;vi Vietnamese
wo Wolof;xh Xhosa;yi Yiddish;yo Yoruba;yue Cantonese;za Zhuang;zh Chinese;zu Zulu
"""

NAMES: Mapping[str, str] = dict(row.split(" ", 1) for row in _ROWS.strip().replace("\n", ";").split(";"))
