/* The stations as a small C program: the practical limit of the algorithm, for comparison only.
 *
 * The same work as the engines do, and the same random numbers: Philox4x32-10 at the same addresses, the same
 * inverse distribution functions, times on whole milliseconds, one event heap, a queue per station in order of
 * joining (then of patient). The starts are therefore the same to the last bit. Left out is everything that this
 * one pathway does not need: priorities, timetables, groups, conditions, kinds of events, the rest of the trace.
 * Kept are the station, time of start and wait of every service.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ARRIVAL = 1, SERVICE = 4, ROUTE = 6 };

typedef struct { double time; int32_t slot; } Event; /* slot -1: an arrival at the first station */

typedef struct {
    double joined;
    uint32_t ordinal;
    int32_t station, next;
} Patient;

typedef struct {
    int32_t free, head, tail;
    double a, b;
    uint32_t key;
} Station;

typedef struct {
    uint32_t seed, replication, stream;
    Event *heap;
    long events, heap_room;
    Patient *patients;
    int32_t *visits;
    int32_t spare, used, patient_room, stations;
} World;

static double uniform(const World *w, uint32_t element, uint32_t ordinal, uint32_t purpose, uint32_t visit)
{
    uint32_t c0 = element, c1 = w->stream, c2 = ordinal, c3 = (purpose << 24) | (visit & 0xFFFFFF);
    uint32_t k0 = w->seed, k1 = w->replication;
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return ((c0 >> 6) * 67108864.0 + (c1 >> 6) + 0.5) * 2.220446049250313e-16;
}

static double horner(const double *coefficients, double r)
{
    double value = 0.0;
    for (int place = 0; place < 8; place++) value = value * r + coefficients[place];
    return value;
}

/* Wichura, "Algorithm AS 241", Applied Statistics 37 (1988), PPND16. */
static double normal_quantile(double p)
{
    static const double centre_top[] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
        45921.953931549871457, 13731.693765509461125, 1971.5909503065514427, 133.14166789178437745,
        3.3871328727963666080};
    static const double centre_low[] = {5226.495278852854561, 28729.085735721942674, 39307.89580009271061,
        21213.794301586595867, 5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0};
    static const double near_top[] = {7.7454501427834140764e-4, .0227238449892691845833,
        .24178072517745061177, 1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
        4.6303378461565452959, 1.42343711074968357734};
    static const double near_low[] = {1.05075007164441684324e-9, 5.475938084995344946e-4,
        .0151986665636164571966, .14810397642748007459, .68976733498510000455, 1.6763848301838038494,
        2.05319162663775882187, 1.0};
    static const double far_top[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
        .0012426609473880784386, .026532189526576123093, .29656057182850489123, 1.7848265399172913358,
        5.4637849111641143699, 6.6579046435011037772};
    static const double far_low[] = {2.04426310338993978564e-15, 1.4215117583164458887e-7,
        1.8463183175100546818e-5, 7.868691311456132591e-4, .0148753612908506148525, .13692988092273580531,
        .59983220655588793769, 1.0};
    double q = p - 0.5, r, z;
    if (fabs(q) <= 0.425) {
        r = 0.180625 - q * q;
        return q * horner(centre_top, r) / horner(centre_low, r);
    }
    r = sqrt(-log(q <= 0.0 ? p : 1.0 - p));
    if (r <= 5.0) {
        r = r - 1.6;
        z = horner(near_top, r) / horner(near_low, r);
    } else {
        r = r - 5.0;
        z = horner(far_top, r) / horner(far_low, r);
    }
    return q < 0.0 ? -z : z;
}

static double on_tick(double time) { return floor(time * 86400000.0 + 0.5) / 86400000.0; }

static void push(World *w, double time, int32_t slot)
{
    if (w->events == w->heap_room) w->heap = realloc(w->heap, (w->heap_room *= 2) * sizeof *w->heap);
    long here = w->events++;
    while (here > 0 && w->heap[(here - 1) / 2].time > time) {
        w->heap[here] = w->heap[(here - 1) / 2];
        here = (here - 1) / 2;
    }
    w->heap[here] = (Event){time, slot};
}

static Event pop(World *w)
{
    Event top = w->heap[0], last = w->heap[--w->events];
    long here = 0, child;
    while ((child = 2 * here + 1) < w->events) {
        if (child + 1 < w->events && w->heap[child + 1].time < w->heap[child].time) child++;
        if (last.time <= w->heap[child].time) break;
        w->heap[here] = w->heap[child];
        here = child;
    }
    w->heap[here] = last;
    return top;
}

static int32_t newcomer(World *w, uint32_t ordinal)
{
    int32_t slot = w->spare;
    if (slot >= 0) {
        w->spare = w->patients[slot].next;
    } else {
        if (w->used == w->patient_room) {
            w->patient_room *= 2;
            w->patients = realloc(w->patients, w->patient_room * sizeof *w->patients);
            w->visits = realloc(w->visits, (size_t)w->patient_room * w->stations * sizeof *w->visits);
        }
        slot = w->used++;
    }
    w->patients[slot].ordinal = ordinal;
    memset(w->visits + (size_t)slot * w->stations, 0, w->stations * sizeof *w->visits);
    return slot;
}

static void join(World *w, Station *stations, int32_t slot, int32_t station, double now)
{
    Patient *p = w->patients + slot;
    Station *s = stations + station;
    int32_t before = s->tail;
    p->joined = now;
    p->station = station;
    w->visits[(size_t)slot * w->stations + station]++;
    if (before >= 0 && w->patients[before].joined == now && w->patients[before].ordinal > p->ordinal) {
        before = -1; /* several at one instant stand in order of patient */
        for (int32_t each = s->head; w->patients[each].joined < now || w->patients[each].ordinal < p->ordinal;
             each = w->patients[each].next)
            before = each;
    }
    p->next = before < 0 ? s->head : w->patients[before].next;
    if (before < 0) s->head = slot;
    else w->patients[before].next = slot;
    if (p->next < 0) s->tail = slot;
}

/* Plays the stations; returns how many services began, or -1 if there was no room for what was found.
 *
 * keys: the stations' keys; entry: key of the entry point; from, to, share: for each station the arrows out of
 * it, in order, from[station] to from[station + 1], with target -1 for leaving.
 */
long play(int32_t count, const int32_t *servers, const uint32_t *keys, uint32_t entry, uint32_t stream,
          uint32_t seed, uint32_t replication, double rate, double until, const int32_t *from,
          const int32_t *to, const double *share, int32_t lognormal, const double *a, const double *b,
          double *start, double *wait, int8_t *where, long room)
{
    World w = {seed, replication, stream, NULL, 0, 1024, NULL, NULL, -1, 0, 1024, count};
    Station *stations = malloc(count * sizeof *stations);
    long found = 0;
    uint32_t ordinal = 0;
    double reached = 0.0;
    w.heap = malloc(w.heap_room * sizeof *w.heap);
    w.patients = malloc(w.patient_room * sizeof *w.patients);
    w.visits = malloc((size_t)w.patient_room * count * sizeof *w.visits);
    for (int32_t s = 0; s < count; s++) stations[s] = (Station){servers[s], -1, -1, a[s], b[s], keys[s]};
    reached += -log(1.0 - uniform(&w, entry, ordinal, ARRIVAL, 0)) / rate;
    push(&w, on_tick(reached), -1);
    while (w.events && w.heap[0].time < until) {
        double now = w.heap[0].time;
        uint64_t touched = 0;
        while (w.events && w.heap[0].time == now) {
            int32_t slot = pop(&w).slot, target = 0;
            if (slot < 0) {
                slot = newcomer(&w, ordinal++);
                reached += -log(1.0 - uniform(&w, entry, ordinal, ARRIVAL, 0)) / rate;
                push(&w, on_tick(reached), -1);
            } else {
                int32_t here = w.patients[slot].station;
                int32_t visit = w.visits[(size_t)slot * count + here];
                stations[here].free++;
                touched |= 1ull << here;
                target = to[from[here]];
                if (from[here + 1] - from[here] > 1) {
                    double u = uniform(&w, stations[here].key, w.patients[slot].ordinal, ROUTE, visit);
                    double total = 0.0;
                    for (int32_t arrow = from[here]; arrow < from[here + 1]; arrow++) {
                        target = to[arrow];
                        total += share[arrow];
                        if (u < total) break;
                    }
                }
            }
            if (target >= 0) {
                join(&w, stations, slot, target, now);
                touched |= 1ull << target;
            } else {
                w.patients[slot].next = w.spare;
                w.spare = slot;
            }
        }
        for (int32_t here = 0; touched >> here; here++) {
            Station *s = stations + here;
            while (touched >> here & 1 && s->free && s->head >= 0) {
                int32_t slot = s->head;
                Patient *p = w.patients + slot;
                double u = uniform(&w, s->key, p->ordinal, SERVICE, w.visits[(size_t)slot * count + here]);
                double time = lognormal ? exp(s->a + s->b * normal_quantile(u)) : -s->a * log(1.0 - u);
                if (found == room) {
                    found = -1;
                    goto done;
                }
                s->head = p->next;
                if (s->head < 0) s->tail = -1;
                s->free--;
                start[found] = now;
                wait[found] = now - p->joined;
                where[found++] = (int8_t)here;
                push(&w, on_tick(now + time), slot);
            }
        }
    }
done:
    free(stations);
    free(w.heap);
    free(w.patients);
    free(w.visits);
    return found;
}
