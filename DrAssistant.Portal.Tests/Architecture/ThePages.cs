using System.Reflection;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Portal.Components;
using DrAssistant.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>Every page is closed, and a page knows doors and nothing behind them.</summary>
public sealed partial class ThePages
{
    /// <summary>The pages that anybody may open: those by which one signs in.</summary>
    private static readonly string[] Open = ["/account/sign-in"];

    /// <summary>Where a request, and not a circuit, is at work: static pages, and the document that every page stands in.</summary>
    private static readonly string[] OfARequest = ["DrAssistant.Portal/Components/Account/", "DrAssistant.Portal/Components/App.razor"];

    private static readonly Type[] Components =
        [.. typeof(App).Assembly.GetTypes().Where(type => typeof(IComponent).IsAssignableFrom(type) && !type.IsAbstract)];

    [Fact]
    public void are_closed_but_for_signing_in()
    {
        var routes = Components.SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (Type: type, route.Template))).ToList();

        Assert.NotEmpty(routes);
        Assert.All(routes, route => Assert.True(route.Type.IsDefined(typeof(AuthorizeAttribute)), $"{route.Template} is not closed."));
        Assert.Equal(Open, routes.Where(route => route.Type.IsDefined(typeof(AllowAnonymousAttribute))).Select(route => route.Template));
    }

    [Fact]
    public void are_given_doors_and_nothing_else_of_ours()
    {
        var given = from component in Components
                    from service in Injected(component)
                    where service.Assembly == typeof(Refusal).Assembly && !service.IsInterface && service != typeof(ClinicClock)
                    select $"{component.Name} is given {service.Name}.";

        Findings.None(given);
    }

    [Fact]
    public void do_not_know_the_request()
    {
        var knowing = Repository.Files
            .Where(file => file.StartsWith("DrAssistant.Portal/Components/", StringComparison.Ordinal))
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !OfARequest.Any(place => file.StartsWith(place, StringComparison.Ordinal)))
            .Where(file => Request().IsMatch(File.ReadAllText(Repository.PathOf(file))));

        // In a circuit it is null, or the request of somebody else's page.
        Findings.None(knowing);
    }

    private static IEnumerable<Type> Injected(Type component)
        => component.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
            .Concat(component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(property => property.IsDefined(typeof(InjectAttribute))).Select(property => property.PropertyType));

    [GeneratedRegex(@"\b(HttpContext|IHttpContextAccessor|HttpRequest|HttpResponse)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();
}
