using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class EnteringAnAbha
{
    [Theory]
    [InlineData("43-4221-5105-6749")] // passes the check in the authority's own example
    [InlineData("43422151056749")]
    [InlineData(" 43 4221 5105 6749 ")]
    [InlineData("43\u20134221\u20115105-6749")]
    [InlineData("४३-४२२१-५१०५-६७४९")]
    public void number_is_read_however_it_is_typed(string typed)
    {
        var number = AbhaNumber.Parse(typed).Value;

        Assert.NotNull(number);
        Assert.Equal("43422151056749", number.Digits);
        Assert.Equal("43-4221-5105-6749", number.Shown);
        Assert.Equal("XX-XXXX-XXXX-6749", number.Masked);
        Assert.Equal("XX-XXXX-XXXX-6749", $"{number}");
        Assert.Null(number.Warning);
    }

    [Theory]
    [InlineData("12-3456-7890-1234")]
    [InlineData("43-4221-5105-6740")]
    public void number_with_a_wrong_check_digit_is_only_warned_about(string typed)
    {
        var number = AbhaNumber.Parse(typed);

        Assert.True(number.Succeeded);
        Assert.NotNull(number.Value.Warning);
    }

    [Theory]
    [InlineData("2345 6789 0123")]
    [InlineData("234567890123")]
    [InlineData("2345-6789-0123")]
    [InlineData("२३४५ ६७८९ ०१२३")]
    public void number_that_is_an_aadhaar_is_refused_and_not_repeated(string typed)
    {
        var refusal = AbhaNumber.Parse(typed, "abha").Refusal;

        Assert.Equal(RefusalKind.Invalid, refusal?.Kind);
        Assert.Equal("abha", refusal?.Field);
        Assert.Contains("Aadhaar", refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("not stored", refusal?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("2345", refusal?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123", refusal?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "14 digits")]
    [InlineData("", "14 digits")]
    [InlineData("43-4221-5105-674", "has 13")]
    [InlineData("43-4221-5105-67491", "has 15")]
    [InlineData("43-4221-5105-674O", "digits only")]
    [InlineData("abha", "digits only")]
    public void number_that_cannot_be_one_is_refused_with_what_to_do(string? typed, string why)
        => Assert.Contains(why, AbhaNumber.Parse(typed).Refusal?.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Asha.Rao_88@abdm", "asha.rao_88@abdm")]
    [InlineData("  lakshmi1970@ABDM ", "lakshmi1970@abdm")]
    [InlineData("tester_one@sbx", "tester_one@sbx")]
    [InlineData("43422151056749@abdm", "43422151056749@abdm")]
    public void address_is_kept_in_lower_case(string typed, string text)
    {
        var address = AbhaAddress.Parse(typed);

        Assert.Equal(text, address.Value?.Text);
        Assert.Null(address.Value?.Warning);
        Assert.DoesNotContain("@", address.Value?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("asha@abdm")]
    [InlineData("abcdefghijklmnopqrs@abdm")]
    public void address_of_an_unusual_length_is_only_warned_about(string typed)
    {
        Assert.True(AbhaAddress.Parse(typed).Succeeded);
        Assert.NotNull(AbhaAddress.Parse(typed).Value?.Warning);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("asha.rao")]
    [InlineData("asha.rao@gmail.com")]
    [InlineData("asha@rao@abdm")]
    [InlineData("abc@abdm")]
    [InlineData("1asha.rao@abdm")]
    [InlineData(".asha.rao@abdm")]
    [InlineData("asha.rao.@abdm")]
    [InlineData("asha rao@abdm")]
    [InlineData("asha-rao@abdm")]
    [InlineData("आशा.राव@abdm")]
    [InlineData("4342215105674@abdm")]
    [InlineData("43422151056749@sbx")]
    public void address_that_cannot_be_one_is_refused(string? typed)
        => Assert.Equal(RefusalKind.Invalid, AbhaAddress.Parse(typed).Refusal?.Kind);

    [Fact]
    public void address_made_of_an_aadhaar_is_refused_and_not_repeated()
    {
        var message = AbhaAddress.Parse("234567890123@abdm").Refusal?.Message;

        Assert.Contains("Aadhaar", message, StringComparison.Ordinal);
        Assert.DoesNotContain("2345", message, StringComparison.Ordinal);
    }
}
