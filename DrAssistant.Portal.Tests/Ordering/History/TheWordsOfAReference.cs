using DrAssistant.Portal.Components.Common;
using DrAssistant.Portal.Components.Ordering.Flowsheet;

namespace DrAssistant.Portal.Tests.Ordering.History;

public sealed class TheWordsOfAReference
{
    private const int Letters = 20;

    [Fact]
    public void Stand_at_the_lower_right_where_nothing_else_does()
    {
        var shape = new ChartShape(0, 10, [0, 4, 11, 12]);

        var place = ReferenceLabel.Of(shape, 4, 11, Letters, [[(shape.X(0), shape.Y(12d)), (shape.X(10), shape.Y(12d))]]);

        Assert.Equal((shape.Right - 4, shape.Y(4d) - 5, "end"), place);
    }

    [Fact]
    public void Give_way_to_a_value_that_has_fallen_out_of_it()
    {
        // Ferritin 6.3, then 12.3, of 15 to 150: both lie under the band and their numbers in it.
        var shape = new ChartShape(0, 10, [6.3m, 12.3m, 15, 150]);

        var place = ReferenceLabel.Of(shape, 15, 150, Letters, [[(shape.X(0.3), shape.Y(6.3d)), (shape.X(10), shape.Y(12.3d))]]);

        Assert.Equal("end", place.Anchor);
        Assert.True(place.Y < shape.Y(100d));
    }

    [Fact]
    public void Go_to_the_left_where_a_line_runs_through_the_right()
    {
        var shape = new ChartShape(0, 10, [1.8m, 4, 11, 13]);

        var place = ReferenceLabel.Of(shape, 4, 11, Letters, [[(shape.X(0), shape.Y(7d)), (shape.X(9), shape.Y(10.5d)), (shape.X(10), shape.Y(1.8d))]]);

        Assert.Equal("start", place.Anchor);
    }
}
