using DrAssistant.Data;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>To build the model and compile the queries takes a second. A portal does it once for both of its pools, a run of tests once for all clinics.</summary>
public sealed class OneModel(ClinicDatabase databases)
{
    [Fact]
    public async Task serves_people_and_background_work_of_every_clinic()
    {
        await using var here = await ClinicUnderTest.OpenAsync(databases);
        await using var there = await ClinicUnderTest.OpenAsync(databases);
        await using var person = here.As(await here.Given.DoctorAsync());
        await using var system = here.AsSystem();
        await using var another = there.As(await there.Given.DoctorAsync());

        var model = await ModelOfAsync(person);

        Assert.Same(model, await ModelOfAsync(system));
        Assert.Same(model, await ModelOfAsync(another));
    }

    private static async Task<IModel> ModelOfAsync(ActingPerson acting)
    {
        await using var db = await acting.Get<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return db.Model;
    }
}
