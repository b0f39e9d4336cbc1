// XState 5用。事象に添えるもの: by=報告する機関、facts=記録する事実、day=日本の日付
// (2024-06-03)。その時点について期限の計算から得るもの: running=進行中の期限、due=法律上
// 先に起こるべき事象(その事象自体の期限が経過したときはその事象)、working_day=平日か否か。
// 途中から始まる事件は machine.resolveState({ value, context: { facts } }) で開始する。
import { and, assign, not, or, setup, stateIn } from 'xstate';

// A fact as it stands with what the event records, and no more with what it outdates; what is not
// known answers no question.
const outdated = new Map([
]);
const left = ({ context, event }) => Object.entries(context.facts)
  .filter(([id]) => !outdated.get(event.type)?.includes(id));
const recorded = (asked) =>
  Object.assign(Object.create(null), Object.fromEntries(left(asked)), asked.event.facts);
const known = (id) => (asked) => (recorded(asked)[id] ?? null) !== null;
const fact = (id, test) => (asked) => known(id)(asked) && test(recorded(asked)[id]);
const named = (id) => ({ event }) => (event.facts?.[id] ?? []).length > 0;
const narrows = (id) => ({ context, event }) =>
  (event.facts?.[id] ?? []).every((value) => (context.facts[id] ?? []).includes(value));
const within = (region, ...states) => or(states.map((state) => stateIn({ [region]: state })));
const running = (deadline) => ({ event }) => (event.running ?? []).includes(deadline);
const missed = (duty) => ({ event }) => (event.missed ?? []).includes(duty);
const workingDay = ({ event }) => event.working_day === true;
const between = (first, last) => ({ event: { day } }) =>
  typeof day === 'string' && (first === null || first <= day) && (last === null || day <= last);
const reported = (agencies, records, byLaw) => ({ event }) =>
  agencies.includes(event.by) &&
  Object.keys(event.facts ?? {}).every((id) => records.includes(id)) &&
  (event.due ?? null) === (byLaw ? event.type : null);

export const machine = setup({
  guards: {
    'helped': and([reported(['worker'], ['age'], false), or([and([within('main', 'asked'), fact('age', (value) => value >= 65)]), and([within('main', 'asked'), fact('age', (value) => value < 65)])])]),
    'finished': and([reported(['worker', 'partner'], ['content'], false), and([within('main', 'helped'), fact('content', (value) => value === true)])]),
    'lapsed': and([reported(['worker'], [], true), within('main', 'helped')]),
    'consented': and([reported(['worker'], ['recipients'], false), and([within('consent', 'open'), named('recipients')])]),
    'withdrawn': and([reported(['worker'], [], false), within('consent', 'given')]),
    'main.help': and(['helped', fact('age', (value) => value >= 65)]),
    'main.reject': and(['helped', fact('age', (value) => value < 65)]),
    'main.finish': and(['finished', fact('content', (value) => value === true)]),
    'main.lapse': 'lapsed',
    'consent.give': and(['consented', named('recipients')]),
    'consent.take_back': 'withdrawn',
    'consent.end': 'finished',
  },
  actions: {
    record: assign({ facts: recorded }),
  },
}).createMachine({
  context: ({ input }) => ({ facts: input?.facts ?? {} }),
  "id": "small",
  "version": "1",
  "description": "あ",
  "meta": {
    "label": {
      "ja": "あ",
      "en": "a"
    },
    "agencies": {
      "worker": {
        "ja": "あ",
        "en": "a"
      },
      "partner": {
        "ja": "あ",
        "en": "a"
      }
    },
    "facts": {
      "age": {
        "label": {
          "ja": "あ",
          "en": "a"
        },
        "kind": "integer"
      },
      "content": {
        "label": {
          "ja": "あ",
          "en": "a"
        },
        "kind": "boolean"
      },
      "recipients": {
        "label": {
          "ja": "あ",
          "en": "a"
        },
        "kind": "choices",
        "choices": {
          "partner": {
            "ja": "あ",
            "en": "a"
          }
        }
      }
    }
  },
  "type": "parallel",
  "states": {
    "main": {
      "description": "あ",
      "meta": {
        "label": {
          "ja": "あ",
          "en": "a"
        }
      },
      "initial": "asked",
      "states": {
        "asked": {
          "description": "askedの状態",
          "meta": {
            "label": {
              "ja": "askedの状態",
              "en": "asked"
            },
            "holder": "worker",
            "basis": [
              "あ1条"
            ]
          },
          "on": {
            "helped": [
              {
                "target": "helped",
                "guard": "main.help",
                "actions": "record",
                "description": "あ",
                "meta": {
                  "label": {
                    "ja": "あ",
                    "en": "a"
                  },
                  "basis": [
                    "あ1条"
                  ]
                }
              },
              {
                "target": "done",
                "guard": "main.reject",
                "actions": "record",
                "description": "あ",
                "meta": {
                  "label": {
                    "ja": "あ",
                    "en": "a"
                  },
                  "basis": [
                    "あ1条"
                  ]
                }
              }
            ]
          }
        },
        "helped": {
          "description": "helpedの状態",
          "meta": {
            "label": {
              "ja": "helpedの状態",
              "en": "helped"
            },
            "holder": "worker",
            "limits": [
              "あ 10日"
            ],
            "basis": [
              "あ1条"
            ]
          },
          "on": {
            "finished": [
              {
                "target": "done",
                "guard": "main.finish",
                "actions": "record",
                "description": "あ",
                "meta": {
                  "label": {
                    "ja": "あ",
                    "en": "a"
                  },
                  "basis": [
                    "あ1条"
                  ]
                }
              }
            ],
            "lapsed": [
              {
                "target": "done",
                "guard": "main.lapse",
                "description": "あ",
                "meta": {
                  "label": {
                    "ja": "あ",
                    "en": "a"
                  },
                  "basis": [
                    "あ1条"
                  ]
                }
              }
            ]
          }
        },
        "done": {
          "type": "final",
          "description": "doneの状態",
          "meta": {
            "label": {
              "ja": "doneの状態",
              "en": "done"
            },
            "holder": "worker",
            "basis": [
              "あ1条"
            ]
          }
        }
      }
    },
    "consent": {
      "description": "あ",
      "meta": {
        "label": {
          "ja": "あ",
          "en": "a"
        }
      },
      "initial": "open",
      "states": {
        "open": {
          "description": "openの状態",
          "meta": {
            "label": {
              "ja": "openの状態",
              "en": "open"
            },
            "holder": "worker",
            "basis": [
              "あ1条"
            ]
          },
          "on": {
            "consented": [
              {
                "target": "given",
                "guard": "consent.give",
                "actions": "record",
                "description": "あ",
                "meta": {
                  "label": {
                    "ja": "あ",
                    "en": "a"
                  },
                  "basis": [
                    "あ1条"
                  ]
                }
              }
            ]
          }
        },
        "given": {
          "description": "givenの状態",
          "meta": {
            "label": {
              "ja": "givenの状態",
              "en": "given"
            },
            "holder": "worker",
            "basis": [
              "あ1条"
            ]
          },
          "on": {
            "withdrawn": [
              {
                "target": "open",
                "guard": "consent.take_back",
                "description": "あ",
                "meta": {
                  "label": {
                    "ja": "あ",
                    "en": "a"
                  },
                  "basis": [
                    "あ1条"
                  ]
                }
              }
            ],
            "finished": [
              {
                "target": "open",
                "guard": "consent.end",
                "description": "あ",
                "meta": {
                  "label": {
                    "ja": "あ",
                    "en": "a"
                  },
                  "basis": [
                    "あ1条"
                  ]
                }
              }
            ]
          }
        }
      }
    }
  }
});
