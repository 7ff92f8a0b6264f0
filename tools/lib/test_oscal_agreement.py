"""What a schema cannot say of an OSCAL document: that its ids are unique and its references hold."""

import unittest

from oscal_agreement import loose_ends

ONE, TWO = "b8ede19c-2151-5ce0-ad0a-6e7df40195a6", "57ff0b1d-8d11-5c66-a7e6-e0e3e4c5a9e7"


class LooseEnds(unittest.TestCase):
    def found(self, **parts):
        return list(loose_ends({"assessment-results": parts}))

    def test_what_points_to_what_is_there_is_well(self):
        self.assertEqual(self.found(
            components=[{"uuid": ONE}], observations=[{"uuid": TWO, "subjects": [{"subject-uuid": ONE}]}]), [])

    def test_one_id_names_one_thing(self):
        self.assertEqual(len(self.found(components=[{"uuid": ONE}], risks=[{"uuid": ONE}])), 1)

    def test_an_id_follows_from_a_name(self):
        self.assertEqual(len(self.found(risks=[{"uuid": "b8ede19c-2151-4ce0-ad0a-6e7df40195a6"}])), 1)

    def test_a_reference_to_nothing_or_to_another_kind_is_found(self):
        for target in (TWO, ONE):
            self.assertEqual(len(self.found(
                risks=[{"uuid": ONE}], findings=[{"related-observations": [{"observation-uuid": target}]}])), 1)

    def test_links_objectives_roles_and_parties_are_looked_up(self):
        self.assertEqual(len(self.found(
            links=[{"href": "#" + ONE}], target={"target-id": "a_obj"},
            roles=[{"id": "known"}], **{"responsible-parties": [{"role-id": "unknown", "party-uuids": [TWO]}]})), 4)


if __name__ == "__main__":
    unittest.main()
