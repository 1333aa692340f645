"""KML, KMZ and OSM XML: placemarks and things with tags as rows, places only where there is a point."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from essaim.errors import ReadError
from essaim.formats import detect, read

from .files import fields, repairs

Write = Callable[[str, bytes | str], Path]
PLACEMARKS = """<Placemark id="p1"><name>Exemple &amp;amp; Co</name><description><![CDATA[<b>bold</b>]]></description>
<ExtendedData><Data name="town"><displayName>Town</displayName><value>Sampleton</value></Data>
<Data name="name"><value>again</value></Data>
<SchemaData><SimpleData name="year">1999</SimpleData></SchemaData></ExtendedData>
<Point><coordinates> 4.35,50.85,0 </coordinates></Point></Placemark>
<Placemark><name>Route</name><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark>
<Placemark><name>Nowhere</name><Point><coordinates>east,north</coordinates></Point></Placemark>"""
KML = f"""<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>A map</name>
<Style id="s"/><Folder><name>Food</name><Folder><name>Shops</name>{PLACEMARKS}</Folder></Folder>
<Placemark><name>Loose</name></Placemark></Document></kml>"""


def kmz(**parts: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return stream.getvalue()


def refusal(path: Path) -> ReadError:
    with pytest.raises(ReadError) as caught:
        fields(path)
    assert str(path) in caught.value.where
    assert caught.value.next_step
    return caught.value


def test_a_placemark_gives_its_texts_data_folder_and_point(write: Write) -> None:
    assert fields(write("a.kml", KML))[0] == {
        "name": "Exemple & Co",
        "description": "<b>bold</b>",
        "town": "Sampleton",
        "name_2": "again",
        "year": "1999",
        "folder": "Food / Shops",
        "id": "p1",
        "longitude": 4.35,
        "latitude": 50.85,
    }


def test_lines_and_unreadable_points_of_a_map_give_no_place(write: Write) -> None:
    path = write("a.kml", KML)
    assert fields(path)[1] == {"name": "Route", "folder": "Food / Shops"}
    assert fields(path)[3] == {"name": "Loose", "folder": "A map"}
    expected = {
        "html_entity_decoded": 1,
        "geometry_not_a_point:LineString": 1,
        "point_unreadable": 1,
        "geometry_not_a_point:none": 1,
    }
    assert repairs(path) == expected
    assert [row.position for row in read(path).rows][:2] == ["placemark 1", "placemark 2"]


def test_a_packed_map_is_read_as_the_plain_one(write: Write) -> None:
    assert fields(write("a.kmz", kmz(notes_kml="<kml/>", doc_kml=KML))) == fields(write("a.kml", KML))


@pytest.mark.parametrize("name", ["a.xml", "a", "a.osm"])
def test_a_map_is_told_by_its_root_whatever_its_name(write: Write, name: str) -> None:
    assert detect(write(name, KML)) == "kml"


def test_bad_maps_are_told(write: Write) -> None:
    assert "no placemark" in refusal(write("none.kml", '<kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink/></kml>')).what
    assert "parsed" in refusal(write("cut.kml", KML[:-200])).what
    assert "not XML" in refusal(write("binary.kml", b"\x89PNG\r\n")).what
    assert refusal(write("page.kml", "<!DOCTYPE html><html><body>log in</body></html>")).found == "a web page"
    assert "no map" in refusal(write("none.kmz", kmz(readme_txt="hello"))).what
    assert "not whole" in refusal(write("cut.kmz", kmz(doc_kml=KML)[:100])).what
    assert "zip bomb" in refusal(write("bomb.kmz", kmz(doc_kml="<kml>" + " " * (50 * 1024 * 1024)))).what


LAUGHS = '<!DOCTYPE {0} [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><{0}><name>&b;</name></{0}>'
OUTSIDE = '<!DOCTYPE {0} [<!ENTITY a SYSTEM "file:///etc/passwd">]><{0}><name>&a;</name></{0}>'


@pytest.mark.parametrize("root", ["kml", "osm", "rdf"])
@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, '<!DOCTYPE {0} [<!ENTITY % a "x"> %a;]><{0}/>'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_told_in_every_xml(write: Write, root: str, text: str, encoding: str) -> None:
    assert "entity bomb" in refusal(write(f"laughs.{root}", text.format(root).encode(encoding))).what


def test_an_entity_bomb_in_a_packed_map_is_told(write: Write) -> None:
    assert "doc.kml" in refusal(write("laughs.kmz", kmz(doc_kml=LAUGHS.format("kml")))).where


@pytest.mark.parametrize("suffix", ["kml", "osm", "rdf"])
def test_xml_nested_without_end_is_told(write: Write, suffix: str) -> None:
    root = {"kml": "kml", "osm": "osm", "rdf": "rdf:RDF"}[suffix]
    start = f'<{root} xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    assert refusal(write(f"deep.{suffix}", start + "<a>" * 100_000 + "</a>" * 100_000 + f"</{root}>"))


OSM = """<?xml version='1.0' encoding='UTF-8'?><osm version='0.6' generator='example'>
<bounds minlat='1' minlon='1' maxlat='2' maxlon='2'/>
<node id='1' lat='50.85' lon='4.35'><tag k='name' v='SociÃ©tÃ©'/><tag k='id' v='own'/></node>
<node id='2' lat='50' lon='4'/>
<node id='3' lat='50' lon='4' action='delete'><tag k='name' v='gone'/></node>
<way id='4'><nd ref='1'/><center lat='50.5' lon='4.5'/><tag k='name' v='B'/></way>
<way id='5'><nd ref='1'/><tag k='name' v='C'/></way>
<node id='6' lat='' lon='x'><tag k='name' v='D'/></node></osm>"""


def test_things_with_tags_are_rows(write: Write) -> None:
    path = write("a.osm", OSM)
    assert fields(path) == [
        {"name": "Société", "property_id": "own", "id": "node/1", "longitude": 4.35, "latitude": 50.85},
        {"name": "B", "id": "way/4", "longitude": 4.5, "latitude": 50.5},
        {"name": "C", "id": "way/5"},
        {"name": "D", "id": "node/6"},
    ]
    assert repairs(path) == {"mojibake_mended": 1, "key_renamed": 1, "geometry_not_a_point:way": 1, "point_unreadable": 1}
    assert [row.position for row in read(path).rows][:2] == ["node 1", "way 4"]


def test_bad_osm_files_are_told(write: Write) -> None:
    assert "nothing has tags" in refusal(write("none.osm", "<osm><node id='1' lat='1' lon='1'/></osm>")).what
    assert "parsed" in refusal(write("cut.osm", OSM[:-30])).what
    assert "not XML" in refusal(write("table.osm", "name,town\nA,B\n")).what


def test_xml_that_is_neither_map_nor_linked_data_is_told(write: Write) -> None:
    assert refusal(write("law.xml", "<akomaNtoso/>")).what == "unknown format"
