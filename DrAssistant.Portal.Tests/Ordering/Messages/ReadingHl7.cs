using System.Text;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Hl7;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

public sealed class ReadingHl7
{
    private const string Msh = "MSH|^~\\&|LIS|GANGA|DrAssistant|CLINIC|20261105104500||ORU^R01^ORU_R01|G-1|P|2.5.1\r";
    private const string Pid = "PID|1||DA26-005120-3^^^CLINIC^MR||Nair^Meera||19800201|F\r";
    private const string Obr = "OBR|1|OR-26-000018|L-1|2823-3^Potassium^LN|||20261105093000|||||||||||||||20261105104000||LAB|F\r";
    private const string Obx = "OBX|1|NM|2823-3^Potassium^LN||6.3|mmol/L|3.5-5.1|H|||F|||20261105092000\r";

    private static readonly ClinicClock Kolkata = new(new StoppedClock(ClinicUnderTest.Eleven), Options.Create(new ClinicOptions { TimeZone = "Asia/Kolkata" }));

    [Fact]
    public void finds_who_what_and_when()
    {
        var message = Read(Msh + Pid + "ORC|RE|OR-26-000018^CLINIC\r" + Obr + Obx + "NTE|1|L|Haemolysed?\r");
        var group = Assert.Single(message.Groups);
        var finding = Assert.Single(group.Findings);

        Assert.Equal(("G-1", "GANGA"), (message.ControlId, message.Facility));
        Assert.Equal(("Meera Nair", new DateOnly(1980, 2, 1), Gender.Female), (message.Person.Name, message.Person.Born, message.Person.Sex));
        Assert.Equal(["DA26-005120-3"], message.Person.Numbers);
        Assert.Equal(["OR-26-000018"], group.OrderNumbers);
        Assert.True(group.IsFinal);
        Assert.Equal((6.3m, "mmol/L", 3.5m, 5.1m, "H", "Haemolysed?"), (finding.Number, finding.Unit, finding.Low, finding.High, finding.Flag, finding.Comment));
        Assert.True(finding.Test.Has("2823-3", "http://loinc.org"));

        // Without a zone it is the practice's: 09:20 in Kolkata.
        Assert.Equal(new DateTimeOffset(2026, 11, 5, 3, 50, 0, TimeSpan.Zero), finding.EffectiveAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 5, 5, 10, 0, TimeSpan.Zero), finding.IssuedAt);
    }

    [Theory]
    [InlineData("20261105104500+0000", "20261105092000", "09:20")] // the sender's zone stands in MSH-7
    [InlineData("20261105104500+0000", "20261105092000+0530", "03:50")] // the value's own comes first
    [InlineData("20261105104500", "20261105092000-0500", "14:20")]
    [InlineData("20261105104500", "20261105", "18:30")] // a day begins at midnight in Kolkata, the evening before in Greenwich
    [InlineData("20261105104500", "202611050920", "03:50")]
    [InlineData("20261105104500", "20261105092000.1234", "03:50")]
    public void knows_the_time_in_the_zone_that_was_meant(string sent, string measured, string utc)
    {
        var message = Read(Msh.Replace("20261105104500", sent, StringComparison.Ordinal) + Pid + Obr + Obx.Replace("20261105092000", measured, StringComparison.Ordinal));

        Assert.Equal(utc, message.Groups[0].Findings[0].EffectiveAt.UtcDateTime.ToString("HH:mm", null));
    }

    [Theory]
    [InlineData("ST", "A \\F\\ B \\S\\ C \\T\\ D \\R\\ E \\E\\ F", "A | B ^ C & D ~ E \\ F")]
    [InlineData("FT", "one\\.br\\two\\H\\bold\\N\\", "one\ntwobold")]
    [InlineData("TX", "first~second", "first\nsecond")]
    [InlineData("ST", "caf\\XC3A9\\", "café")]
    [InlineData("ST", "5 \\ 6", "5 \\ 6")]
    [InlineData("SN", "^1^:^128", "1:128")]
    [InlineData("SN", "^2^-^4", "2-4")]
    [InlineData("CE", "POS^Positive^L~NEG^Negative^L", "Positive, Negative")]
    public void unfolds_what_is_written_in_signs(string type, string written, string read)
        => Assert.Equal(read, Value(type, written).Text);

    [Theory]
    [InlineData("NM", "-0.50", null, "-0.50")]
    [InlineData("SN", "<^5", "<", "5")]
    [InlineData("SN", "^5", null, "5")]
    [InlineData("ST", ">200", ">", "200")]
    public void reads_numbers_as_numbers(string type, string written, string? comparator, string number)
    {
        var value = Value(type, written);
        Assert.Equal((comparator, decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), null), (value.Comparator, value.Number, value.Unreadable));
    }

    [Theory]
    [InlineData("NM", "6,3")]
    [InlineData("NM", "1e3")]
    [InlineData("NM", "high")]
    [InlineData("NM", "1 200")]
    [InlineData("SN", "<^5,1")]
    [InlineData("SN", "~^5")]
    public void never_makes_a_number_of_what_is_none(string type, string written)
    {
        var value = Value(type, written);
        Assert.Null(value.Number);
        Assert.NotNull(value.Unreadable);
        Assert.NotNull(value.Text);
    }

    [Theory]
    [InlineData("3.5-5.1", "3.5", "5.1")]
    [InlineData("3.5 - 5.1", "3.5", "5.1")]
    [InlineData("-2-2", "-2", "2")]
    [InlineData("<5", null, "5")]
    [InlineData(">= 10", "10", null)]
    [InlineData("5.1-3.5", null, null)]
    [InlineData("3,5-5,1", null, null)]
    [InlineData("negative", null, null)]
    public void reads_the_laboratorys_range_and_keeps_its_words(string written, string? low, string? high)
    {
        var (from, to, words) = ReportedRange.Read(written);
        Assert.Equal((low, high, written), (from?.ToString(System.Globalization.CultureInfo.InvariantCulture), to?.ToString(System.Globalization.CultureInfo.InvariantCulture), words));
    }

    [Theory]
    [InlineData("F", "F", ResultStatus.Final)]
    [InlineData("P", "F", ResultStatus.Preliminary)]
    [InlineData("R", "F", ResultStatus.Preliminary)]
    [InlineData("C", "C", ResultStatus.Corrected)]
    [InlineData("D", "F", ResultStatus.Cancelled)]
    [InlineData("W", "F", ResultStatus.Cancelled)]
    [InlineData("X", "F", ResultStatus.Cancelled)]
    [InlineData("F", "P", ResultStatus.Preliminary)]
    public void knows_the_statuses_of_table_0085(string value, string report, ResultStatus status)
        => Assert.Equal(status, Read(Msh + Pid + Obr.Replace("LAB|F", $"LAB|{report}", StringComparison.Ordinal) + Obx.Replace("|||F|||", $"|||{value}|||", StringComparison.Ordinal)).Groups[0].Findings[0].Status);

    [Fact]
    public void takes_other_separators_and_letters_as_the_message_says()
    {
        var latin = Encoding.Latin1.GetBytes("MSH#*:!?#LIS#GANGA###20261105104500##ORU*R01#G-1#P#2.4######8859/1\rPID#1##DA26-005120-3*A?1##Mu\u0308ller*Ren\u00E9##19800201#M\r"
            .Replace("Mu\u0308ller", "Müller", StringComparison.Ordinal)
            + "OBR#1###2823-3*K*LN###20261105093000\rOBX#1#ST#2823-3*K*LN##a!F!b######F\r");

        var message = Hl7Report.Read(latin, Kolkata);

        Assert.Equal("René Müller", message.Person.Name);
        Assert.Equal("a#b", message.Groups[0].Findings[0].Text);
    }

    [Theory]
    [InlineData("", "It ends in the middle of a segment")]
    [InlineData("PID|1\r", "It does not begin with a whole MSH segment.")]
    [InlineData("MSH|^~\\\r", "It does not begin with a whole MSH segment.")]
    [InlineData("MSH|^^\\&|a\r", "not five different signs")]
    [InlineData(Msh + Pid + Obr + "OBX|1|NM|2823-3^Potassium^LN||6.3", "It ends in the middle of a segment")]
    [InlineData(Msh + Pid + Obr + "OBX|1|NM|2823-3^Potassium^LN||6.3\r", "OBX (segment 4) is not whole")]
    [InlineData(Msh + Pid + Obr + "OBX|1|NM\r", "OBX (segment 4) is not whole")]
    [InlineData(Msh + Pid + Obr, "is followed by no OBX")]
    [InlineData(Msh + Pid, "It has no OBR")]
    [InlineData(Msh + Obr + Obx, "exactly one PID")]
    [InlineData(Msh + Pid + Pid + Obr + Obx, "exactly one PID")]
    [InlineData(Msh + Pid + Obx, "no OBR segment")]
    [InlineData(Msh + Pid + Obx + Obr + Obx, "stands before any OBR")]
    [InlineData(Msh + Pid + "OBR|1|OR-26-000018\r" + Obx, "OBR-4 (segment 3) does not say what was tested")]
    [InlineData(Msh + Pid + Obr + Obx + "ORC|RE|OR-26-000019\r", "It ends after an ORC")]
    [InlineData(Msh + Pid + Obr + Obx + "OB", "It ends in the middle of a segment")]
    [InlineData(Msh + Pid + Obr + Obx + "OB\r", "Line 5 is no segment")]
    public void refuses_what_was_cut(string message, string why)
        => Assert.Contains(why, Assert.Throws<UnreadableMessageException>(() => Read(message)).Message, StringComparison.Ordinal);

    [Fact]
    public void refuses_it_wherever_within_a_segment_it_was_cut()
    {
        var whole = Msh + Pid + "ORC|RE|OR-26-000018^CLINIC\r" + Obr + Obx + Obx.Replace("OBX|1", "OBX|2", StringComparison.Ordinal);
        for (var at = 0; at < whole.Length; at++)
        {
            // Whole in itself is what ends after an OBX: nobody can know that more was meant, unless the batch says so.
            if (at > 0 && whole[at - 1] == '\r' && whole[..at].Contains("OBX", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.Throws<UnreadableMessageException>(() => Read(whole[..at]));
        }
    }

    [Theory]
    [InlineData("ORU^R01^ORU_R01", "ADT^A01^ADT_A01", "no report of results")]
    [InlineData("|2.5.1\r", "|2.8\r", "no version from 2.3 to 2.5.1")]
    [InlineData("|2.5.1\r", "|2.5.1||||||UNICODE UTF-16\r", "character set of MSH-18")]
    [InlineData("|G-1|", "||", "no number of its own")]
    [InlineData("20261105104500", "yesterday", "MSH-7 (segment 1) is no time")]
    public void refuses_what_is_not_meant_for_it(string part, string other, string why)
        => Assert.Contains(why, Assert.Throws<UnreadableMessageException>(() => Read(Msh.Replace(part, other, StringComparison.Ordinal) + Pid + Obr + Obx)).Message, StringComparison.Ordinal);

    [Fact]
    public void refuses_letters_that_are_not_in_the_character_set()
        => Assert.Throws<UnreadableMessageException>(() => Hl7Report.Read(Encoding.Latin1.GetBytes(Msh + Pid.Replace("Meera", "René", StringComparison.Ordinal) + Obr + Obx), Kolkata));

    private static Finding Value(string type, string written)
        => Read(Msh + Pid + Obr + $"OBX|1|{type}|2823-3^Potassium^LN||{written}|mmol/L|||||F\r").Groups[0].Findings[0];

    private static LaboratoryMessage Read(string message) => Hl7Report.Read(Encoding.UTF8.GetBytes(message), Kolkata);
}
