from chat_desk import ChatDesk
from st2common.runners.base_action import Action


class MatchAction(Action):
    def run(self, text):
        alias, representation = ChatDesk().match(text)
        found = {"name": alias.name, "pack": alias.pack, "action_ref": alias.action_ref}
        return {"alias": found, "representation": representation}
