using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Tasks;

public sealed class TaskListServiceTests(ClinicDatabase databases)
{
    [Fact]
    public async Task Mine()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var patient = await clinic.Given.PatientAsync();
        await clinic.Given.TaskAsync(asha, patient: patient);
        await using var acting = clinic.As(asha);
        var mine = await acting.Get<ITaskList>().MineAsync(TestContext.Current.CancellationToken);
        Assert.Single(mine.Value!);
    }
}
