using DrAssistant.Portal.Components.Layout;

namespace DrAssistant.Portal.Tests.Layout;

public sealed class OpenCounts
{
    [Theory]
    [InlineData("alert.raised", WorkKinds.Alerts)]
    [InlineData("alert.changed", WorkKinds.Alerts)]
    [InlineData("task.changed", WorkKinds.Tasks)]
    [InlineData("result.changed", WorkKinds.Results)]
    [InlineData("appointment.changed", WorkKinds.None)]
    [InlineData("vitals.changed", WorkKinds.None)]
    [InlineData("note.changed", WorkKinds.None)]
    [InlineData("", WorkKinds.None)]
    public void Are_asked_for_again_only_by_what_changes_them(string change, WorkKinds kinds) => Assert.Equal(kinds, OpenWork.ConcernedBy(change));
}
