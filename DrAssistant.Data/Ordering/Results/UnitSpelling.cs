using System.Collections.Frozen;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Units as Indian laboratories print them, in UCUM. What is not known stays as it is, and is then not compared with anything.</summary>
internal static class UnitSpelling
{
    private static readonly FrozenDictionary<string, string> Known = new (string Ucum, string[] Printed)[]
    {
        ("g/dL", ["g/dl", "gm/dl", "gms/dl", "gm%", "g%"]),
        ("g/L", ["g/l", "gm/l"]),
        ("mg/dL", ["mg/dl", "mgs/dl", "mg%"]),
        ("mg/L", ["mg/l"]),
        ("ug/dL", ["ug/dl", "mcg/dl"]),
        ("ug/L", ["ug/l", "mcg/l"]),
        ("ug/mL", ["ug/ml", "mcg/ml"]),
        ("ug/mL{FEU}", ["ug/mlfeu", "ugfeu/ml", "mcg/mlfeu"]),
        ("mg/L{FEU}", ["mg/lfeu"]),
        ("ng/mL{FEU}", ["ng/mlfeu", "ngfeu/ml"]),
        ("ng/mL", ["ng/ml"]),
        ("ng/dL", ["ng/dl"]),
        ("ng/L", ["ng/l"]),
        ("pg/mL", ["pg/ml"]),
        ("mmol/L", ["mmol/l"]),
        ("umol/L", ["umol/l", "mcmol/l"]),
        ("nmol/L", ["nmol/l"]),
        ("pmol/L", ["pmol/l"]),
        ("meq/L", ["meq/l", "meqs/l"]),
        ("mmol/mol", ["mmol/mol"]),
        ("U/L", ["u/l"]),
        ("[IU]/L", ["iu/l"]),
        ("U/mL", ["u/ml"]),
        ("[IU]/mL", ["iu/ml"]),
        ("m[IU]/mL", ["miu/ml"]),
        ("m[IU]/L", ["miu/l", "mu/l"]),
        ("u[IU]/mL", ["uiu/ml", "mciu/ml", "uu/ml"]),
        ("/uL", ["/ul", "/cumm", "/mm3", "cells/ul", "cells/cumm", "cells/mm3", "cell/cumm"]),
        ("10*3/uL", ["10^3/ul", "x10^3/ul", "10*3/ul", "10e3/ul", "k/ul", "thou/ul", "thou/cumm", "thousand/cumm", "10^3/cumm", "10^3/mm3", "10*3/mm3", "x10^3/cumm"]),
        ("10*5/uL", ["lakh/cumm", "lakhs/cumm", "lac/cumm", "lacs/cumm", "lakh/ul", "lakhs/ul", "10^5/ul", "10^5/cumm"]),
        ("10*6/uL", ["10^6/ul", "x10^6/ul", "10*6/ul", "mill/cumm", "million/cumm", "millions/cumm", "mil/cumm", "10^6/cumm", "m/ul"]),
        ("10*9/L", ["10^9/l", "x10^9/l", "10*9/l", "10e9/l"]),
        ("10*12/L", ["10^12/l", "x10^12/l", "10*12/l"]),
        ("10*6/mL", ["million/ml", "millions/ml", "10^6/ml", "x10^6/ml"]),
        ("fL", ["fl"]),
        ("pg", ["pg"]),
        ("mm/h", ["mm/h", "mm/hr", "mm/1hr", "mm/1sthr", "mm/1sthour", "mm/hour"]),
        ("mm[Hg]", ["mmhg"]),
        ("kPa", ["kpa"]),
        ("s", ["s", "sec", "secs", "seconds"]),
        ("min", ["min", "mins", "minutes"]),
        ("mL", ["ml"]),
        ("mL/min", ["ml/min"]),
        ("mL/min/{1.73_m2}", ["ml/min/1.73m2", "ml/min/1.73m^2", "ml/min/1.73sqm", "ml/min/1.73sq.m", "ml/min/1.73m²"]),
        ("/[HPF]", ["/hpf", "cells/hpf"]),
        ("/[LPF]", ["/lpf"]),
        ("mg/(24.h)", ["mg/24h", "mg/24hr", "mg/24hrs", "mg/24hours", "mg/day"]),
        ("g/(24.h)", ["g/24h", "g/24hr", "g/24hrs", "gm/24hrs", "g/day"]),
        ("mosm/kg", ["mosm/kg", "mosmol/kg", "mosm/kgh2o"]),
        ("mg/g", ["mg/g", "mg/gm", "mg/gcreatinine", "ug/mg"]),
        ("[pH]", ["ph"]),
        ("{INR}", ["inr"]),
        ("{ratio}", ["ratio"]),
        ("{index}", ["index"]),
        ("{titer}", ["titer", "titre"]),
        ("%", ["%", "percent", "percentage"]),
    }.SelectMany(unit => unit.Printed, (unit, printed) => (printed, unit.Ucum)).ToFrozenDictionary(u => u.printed, u => u.Ucum, StringComparer.OrdinalIgnoreCase);

    /// <summary>UCUM for what was printed; what is UCUM already stays.</summary>
    public static string? Ucum(string? printed)
    {
        var unit = printed?.Trim().Replace('µ', 'u').Replace('μ', 'u');
        if (string.IsNullOrEmpty(unit) || UcumUnit.Parse(unit) is not null)
        {
            return string.IsNullOrEmpty(unit) ? null : unit;
        }

        return Known.GetValueOrDefault(unit.Replace(" ", "", StringComparison.Ordinal), printed!.Trim());
    }
}
