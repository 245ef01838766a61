using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Telemedicine;
using static DrAssistant.Data.Prescribing.Formulary.TelemedicineList;
using static DrAssistant.Data.Prescribing.Telemedicine.ConsultMode;

namespace DrAssistant.Portal.Tests.Prescribing.Telemedicine;

/// <summary>The table of the Telemedicine Practice Guidelines, whole.</summary>
public sealed class PrescribingAtADistance
{
    public static TheoryData<TelemedicineList, ConsultMode, bool, bool> Table
    {
        get
        {
            var table = new TheoryData<TelemedicineList, ConsultMode, bool, bool>();
            foreach (var list in Enum.GetValues<TelemedicineList>())
            {
                table.Add(list, InPerson, false, true);
                table.Add(list, InPerson, true, true);
            }

            foreach (var mode in new[] { Video, Audio, Text })
            {
                table.Add(O, mode, false, true);
                table.Add(O, mode, true, true);
                table.Add(A, mode, false, mode == Video);
                table.Add(A, mode, true, true);
                table.Add(B, mode, false, false);
                table.Add(B, mode, true, true);
                table.Add(Prohibited, mode, false, false);
                table.Add(Prohibited, mode, true, false);
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void goes_by_list_mode_and_first_or_follow_up(TelemedicineList list, ConsultMode mode, bool followUp, bool allowed)
    {
        var answer = TelemedicineRules.Of(mode, followUp, new Medicine("x", "X") { TelemedicineList = list });

        Assert.Equal(allowed, answer.IsAllowed);
        Assert.NotEmpty(answer.Rule);
        Assert.Contains("2020", answer.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MedicineSchedule.X, A)]
    [InlineData(MedicineSchedule.Ndps, O)]
    public void is_never_for_schedule_x_and_narcotics_whatever_their_list(MedicineSchedule schedule, TelemedicineList list)
    {
        var medicine = new Medicine("x", "X") { Schedule = schedule, TelemedicineList = list };

        Assert.False(TelemedicineRules.Of(Video, isFollowUp: true, medicine).IsAllowed);
        Assert.True(TelemedicineRules.Of(InPerson, isFollowUp: false, medicine).IsAllowed);
    }

    [Fact]
    public void is_not_for_free_text()
    {
        Assert.False(TelemedicineRules.Of(Video, isFollowUp: true, medicine: null).IsAllowed);
        Assert.True(TelemedicineRules.Of(InPerson, isFollowUp: false, medicine: null).IsAllowed);
    }
}
