"""The rate of questions, on a clock of the test's own."""

from auditor.lookup.pace import SAMPLE, SLOWEST, Pace


def test_questions_leave_no_faster_than_the_rate():
    pace = Pace(100)
    starts = [pace.book(50.0) for _ in range(1000)]
    assert starts[-1] - starts[0] >= 9.8
    assert starts == sorted(starts)


def test_time_not_used_is_not_saved_up():
    pace = Pace(100)
    pace.book(0.0)
    burst = [pace.book(1000.0) for _ in range(200)]
    assert sum(start == 1000.0 for start in burst) <= 12


def test_a_struggling_resolver_is_asked_half_as_fast_down_to_a_floor():
    pace = Pace(2000)
    for _ in range(SAMPLE):
        pace.note(False)
    assert pace.rate == 1000
    for _ in range(SAMPLE * 50):
        pace.note(False)
    assert pace.rate == SLOWEST


def test_a_recovered_resolver_gets_its_rate_back_and_not_more():
    pace = Pace(2000)
    for _ in range(SAMPLE * 3):
        pace.note(False)
    for _ in range(SAMPLE * 20):
        pace.note(True)
    assert pace.rate == 2000


def test_the_usual_share_of_dead_domains_slows_nothing_down():
    pace = Pace(500)
    for number in range(SAMPLE * 10):
        pace.note(number % 8 != 0)
    assert pace.rate == 500
