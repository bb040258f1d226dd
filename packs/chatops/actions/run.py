from chat_desk import ChatDesk
from st2common.runners.base_action import Action


class RunAction(Action):
    def run(self, text, channel, user=None, whisper=False):
        desk = ChatDesk()
        execution_id = desk.execute(text, channel, user)
        desk.wait(execution_id)
        result = desk.result_of(execution_id)
        if result["enabled"]:
            desk.post(result["message"], channel, user=user, whisper=whisper, extra=result.get("extra"))
        return {"execution_id": execution_id, "message": result["message"]}
