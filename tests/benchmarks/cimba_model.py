"""The stations as a model of Cimba (an engine in C, processes compiled by Numba), where it is installed."""

import cimba as cb

from tests.benchmarks.stations import ROUTES, SERVERS, Stations


class Station(cb.Model):
    """A station: its servers, its waits, and three arrows at most by rising shares."""

    servers: cb.Resource
    waits: cb.Dataset
    mean: cb.Param[float]
    share_1: cb.Param[float]
    share_2: cb.Param[float]
    share_3: cb.Param[float]
    to_1: cb.Ref["Station"]
    to_2: cb.Ref["Station"]
    to_3: cb.Ref["Station"]
    mean_wait: cb.Output[float]
    served: cb.Output[int]

    @cb.on_end
    def measure(self) -> None:
        self.mean_wait = self.waits.sample_mean()
        self.served = self.waits.sample_count()


class Patient(cb.Model):
    """A patient, who goes from station to station."""

    here: cb.Ref[Station]

    @cb.process
    def goes(self) -> None:
        going = True
        while going:
            here = self.here
            joined = cb.now()
            here.servers.acquire()
            here.waits.record(cb.now() - joined)
            cb.hold(cb.random.exponential(here.mean))
            here.servers.release()
            u = cb.random.uniform(0.0, 1.0)
            if u < here.share_1:
                self.here = here.to_1
            elif u < here.share_2:
                self.here = here.to_2
            elif u < here.share_3:
                self.here = here.to_3
            else:
                going = False
        cb.release(self)


class Network(cb.Model):
    """Six stations, and patients who come to the first."""

    s0: Station
    s1: Station
    s2: Station
    s3: Station
    s4: Station
    s5: Station
    gap: cb.Param[float]

    @cb.process
    def arrivals(self) -> None:
        while True:
            cb.hold(cb.random.exponential(self.gap))
            cb.spawn(Patient, here=self.s0)


def network(work: Stations) -> Network:
    """Returns the model of the work, with exponential service."""
    made = Network()
    made.gap = 1.0 / work.per_day
    stations = []
    for servers, mean in zip(SERVERS, work.means, strict=True):
        station = Station()
        station.servers, station.mean = cb.Resource(capacity=servers), mean
        stations.append(station)
    for place, (station, targets) in enumerate(zip(stations, ROUTES, strict=True)):
        reached, arrows = 0.0, list(targets.items())
        for number in (1, 2, 3):
            target, share = arrows[number - 1] if number <= len(arrows) else (0, 0.0)
            reached += share
            setattr(station, f"share_{number}", reached)
            setattr(station, f"to_{number}", stations[target])
        setattr(made, f"s{place}", station)
    return made


def play(model: Network, days: float, seed: int) -> dict[str, tuple[float, int]]:
    """Plays a replication; returns mean wait and starts of each station."""
    window = cb.Window(warmup=0, duration=days)
    found = cb.Experiment(model, replications=1, window=window, seed=seed).run()
    stations = {f"s{place}": getattr(model, f"s{place}") for place in range(6)}
    return {
        name: (float(found[each].mean_wait.values[0, 0]), int(found[each].served.values[0, 0]))
        for name, each in stations.items()
    }
