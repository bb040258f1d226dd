from st2common.runners.base_action import Action


class IsPrimeAction(Action):
    def run(self, value=0):
        if value < 2:
            return False
        divisor = 2
        while divisor * divisor <= value:
            if value % divisor == 0:
                self.logger.info("%d is %d times %d", value, divisor, value // divisor)
                return False
            divisor += 1
        return True
