from chat_desk import ChatDesk
from st2common.runners.base_action import Action


class PostResultAction(Action):
    def run(self, execution_id, channel, user=None, whisper=False, route=None, context=None):
        desk = ChatDesk()
        result = desk.result_of(execution_id)
        if not result["enabled"]:
            return {"note": "Execution result is disabled."}
        posted = desk.post(result["message"], channel, user=user, whisper=whisper, route=route or None,
                           context=context, extra=result.get("extra"))
        return {"note": "Execution result has been posted.", "execution_id": posted}
