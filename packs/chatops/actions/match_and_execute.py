from chat_desk import ChatDesk
from st2common.runners.base_action import Action


class MatchAndExecuteAction(Action):
    def run(self, text, source_channel=None, user=None):
        desk = ChatDesk()
        execution_id = desk.execute(text, source_channel or "", user)
        desk.wait(execution_id)
        return execution_id
